//! Figures in sentences: the phrases that letters print them in.

use super::{
    error::Warning,
    lines::Line,
    words::{Word, match_at},
};
use upheld_domain::figures::{Field, Figures};

/// What a phrase's number is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    /// This figure.
    Field(Field),
    /// The average of similar authorities, of the rate that was printed before it.
    SimilarToTheLast,
}

/// Every phrase, in the notation of [`match_at`]. For each field the first is the one that a reader is told of.
const PHRASES: &[(Is, &str)] = &[
    (Is::Field(Field::UpholdRate), "% of the? complaints|cases we investigated were upheld"),
    (Is::Field(Field::ComplianceRate), "in % of cases we were satisfied"),
    (Is::Field(Field::RemedyRate), "in % of upheld cases we found"),
    (Is::SimilarToTheLast, "compares|compared to|with an average of % in similar"),
    (Is::Field(Field::Upheld), "# upheld decisions|decision !per"),
    (Is::Field(Field::Upheld), "we upheld # complaints|complaint"),
    (Is::Field(Field::Investigations), "total of # detailed? investigations|investigation"),
    (Is::Field(Field::Investigations), "we investigated # complaints|complaint"),
    (Is::Field(Field::ComplianceOutcomes), "total of # compliance outcomes|outcome"),
    (Is::Field(Field::ComplianceOutcomes), "compliance outcomes in # cases|case"),
    (Is::Field(Field::SatisfactoryRemedies), "# satisfactory remedy decisions|decision"),
    (Is::Field(Field::UpheldPer100k), "this is # upheld decisions|decision per 100,000"),
    (
        Is::Field(Field::UpheldPer100kSimilar),
        "average for authorities|organisations|councils of this type is # upheld decisions|decision per 100,000",
    ),
    (Is::Field(Field::DealtWith), "we dealt with # complaints|complaint"),
    (Is::Field(Field::NotForUs), "# were|was not for us"),
    (Is::Field(Field::AssessedAndClosed), "we assessed and closed #"),
];

/// Labels of an overview that stand apart from their numbers.
const LABELS: &[(Field, &str)] = &[
    (Field::DealtWith, "complaints dealt with"),
    (Field::NotForUs, "not for us"),
    (Field::AssessedAndClosed, "assessed and closed"),
    (Field::Investigations, "investigated"),
];

/// The words by which `field` would have been found, for a reader.
pub(super) fn words_for(field: Field) -> String {
    let similar = matches!(field, Field::UpholdRateSimilar | Field::ComplianceRateSimilar | Field::RemedyRateSimilar);
    let is = if similar { Is::SimilarToTheLast } else { Is::Field(field) };
    let phrase = PHRASES.iter().find(|(what, _)| *what == is).map_or("", |(_, phrase)| phrase);
    let said = |part: &str| match part {
        "%" => "…%".to_owned(),
        "#" => "…".to_owned(),
        part => part.trim_end_matches('?').split('|').next().unwrap_or_default().to_owned(),
    };
    let words: Vec<String> = phrase.split(' ').filter(|part| !part.starts_with('!')).map(said).collect();
    format!("\"{}\"", words.join(" "))
}

/// Figures as they are found, the first of each kept.
#[derive(Default)]
pub(super) struct Found {
    pub(super) figures: Figures,
    pub(super) warnings: Vec<Warning>,
}

impl Found {
    /// Takes `digits`, which stand on `line`, as the value of `field`.
    pub(super) fn take(&mut self, field: Field, digits: &str, line: usize) {
        let mut read = Figures::default();
        if let Err(error) = read.read(field, digits) {
            self.warnings.push(Warning::NotItsNumber { field, found: error.found, expected: error.expected, line });
            return;
        }
        match (self.figures.get(field), read.get(field)) {
            (None, _) => self.figures.take(field, &read),
            (Some(shown), Some(other)) if shown != other => {
                self.warnings.push(Warning::PrintedTwice { field, shown, other, line });
            }
            _ => {}
        }
    }

    /// Takes every figure that stands in a phrase.
    pub(super) fn take_phrases(&mut self, words: &[Word<'_>]) {
        let mut last_rate = None;
        for at in 0..words.len() {
            for (is, phrase) in PHRASES {
                let Some(number) = match_at(phrase, words, at).and_then(|found| words.get(found.number?)) else {
                    continue;
                };
                let field = match is {
                    Is::Field(field) => {
                        last_rate = similar(*field).or(last_rate);
                        *field
                    }
                    // It is the average of one rate, not of the next.
                    Is::SimilarToTheLast => match last_rate.take() {
                        Some(field) => field,
                        None => continue,
                    },
                };
                if let Some((digits, _)) = number.number() {
                    self.take(field, &digits, number.line);
                }
            }
        }
    }

    /// Takes the numbers of an overview, whose labels stand on lines of their own, all before or all after their numbers.
    pub(super) fn take_labels(&mut self, lines: &[Line]) {
        let number = |place: Option<usize>| {
            let line = lines.get(place?)?;
            let digits = line.text.replace(',', "");
            (digits.len() < 8 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((digits, line.number))
        };
        let mut numbers_first = None;
        for (place, line) in lines.iter().enumerate() {
            let lower = line.lower();
            let bare = lower.trim_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | ',' | ':'));
            let Some((field, _)) = LABELS.iter().find(|(_, label)| *label == bare) else { continue };
            let within: String = lower.chars().filter(char::is_ascii_digit).collect();
            if !within.is_empty() {
                self.take(*field, &within, line.number);
                continue;
            }
            let first = *numbers_first.get_or_insert_with(|| number(place.checked_sub(1)).is_some());
            let beside = if first { place.checked_sub(1) } else { place.checked_add(1) };
            if let Some((digits, line)) = number(beside) {
                self.take(*field, &digits, line);
            }
        }
    }
}

/// The field of the average of similar authorities that is printed beside `field`.
const fn similar(field: Field) -> Option<Field> {
    match field {
        Field::UpholdRate => Some(Field::UpholdRateSimilar),
        Field::ComplianceRate => Some(Field::ComplianceRateSimilar),
        Field::RemedyRate => Some(Field::RemedyRateSimilar),
        _ => None,
    }
}
