//! What stands on a page and is no part of the letter: numbers of pages, addresses of the office, lines of links.

use super::{lines::Line, links};
use std::collections::BTreeMap;

/// How lines about the office and the post begin, in lower case.
const OFFICE: &[&str] = &[
    "po box",
    "p o box",
    "the oaks no",
    "westwood way",
    "westwood business park",
    "coventry cv",
    "53-55 butts",
    "millbank tower",
    "10th floor millbank",
    "london sw1p",
    "beverley house",
    "york yo30",
    "t:",
    "f:",
    "w:",
    "e:",
    "dx:",
    "dx ",
    "tel:",
    "tel.",
    "telephone:",
    "phone:",
    "fax:",
    "textphone",
    "text \"call back\"",
    "web:",
    "email:",
    "e-mail:",
    "our ref",
    "your ref",
    "(please quote",
    "if telephoning",
    "direct dial",
    "lgo advice team",
    "by email",
    "by e-mail",
    "by post",
    "sent by",
    "via email",
    "private and confidential",
    "www.lgo.org.uk",
    "enc:",
    "encs",
    "enclosed:",
    "cc:",
    "cc ",
    "copy to",
];

/// Whether the line is about the office or the post, not to the reader.
pub(super) fn is_office(line: &Line) -> bool {
    let text = line.lower();
    OFFICE.iter().any(|start| text.starts_with(start))
}

/// Whether the letter closes with the line.
pub(super) fn closes(line: &Line) -> bool {
    line.starts_with("yours sincerely") || line.starts_with("yours faithfully")
}

/// Whether the line numbers a page: "2", "Page 2 of 4", "- 2 -".
fn numbers_a_page(text: &str) -> bool {
    let text = text.trim_matches(['-', '–', ' ', '|']).to_lowercase();
    let rest = text.strip_prefix("page").unwrap_or(&text).trim();
    let number = |part: &str| matches!(part.len(), 1..=2) && part.bytes().all(|byte| byte.is_ascii_digit());
    number(rest) || rest.split_once(" of ").is_some_and(|(one, all)| number(one) && number(all))
}

/// `text` with every digit the same: a header that counts pages repeats itself.
fn pattern(text: &str) -> String {
    text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
}

/// The lines of the body that belong to the letter.
pub(super) fn without(lines: &[Line]) -> Vec<&Line> {
    let repeated = repeated(lines);
    let mut kept: Vec<&Line> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let next = lines.get(place + 1);
        let at_an_edge = edge(lines, place);
        let page_number = numbers_a_page(&line.text) && at_an_edge;
        let header = at_an_edge && repeated.contains_key(&pattern(&line.text));
        // A line of the office's address is short; a sentence can begin with the same words.
        let office = is_office(line) && !line.ends_sentence() && line.text.len() < 60 && line.blanks > 0;
        let unfinished = kept.last().is_some_and(|last| !last.ends_sentence());
        let goes_on = next.is_some_and(|next| !next.begins_sentence());
        let link = links::is_bare(line) && (!unfinished || goes_on || next.is_some_and(links::is_bare));
        if !(page_number || header || office || link) {
            kept.push(line);
        }
    }
    kept
}

/// Whether the line is the first or last of a page, or may be: a text without form feeds shows pages by wide gaps.
fn edge(lines: &[Line], place: usize) -> bool {
    let Some(line) = lines.get(place) else { return false };
    let (before, after) = (place.checked_sub(1).and_then(|before| lines.get(before)), lines.get(place + 1));
    let apart = |other: Option<&Line>, gap: usize| other.is_none_or(|other| other.page != line.page || gap > 1);
    apart(before, line.blanks) || apart(after, after.map_or(0, |after| after.blanks))
}

/// The first and last lines of pages that stand on more than one.
fn repeated(lines: &[Line]) -> BTreeMap<String, usize> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for page in lines.chunk_by(|one, other| one.page == other.page) {
        let (first, last) = (page.first(), page.last().filter(|_| page.len() > 1));
        for line in [first, last].into_iter().flatten() {
            *counted.entry(pattern(&line.text)).or_default() += 1;
        }
    }
    counted.retain(|_, times| *times > 1);
    counted
}

/// The lines of a signature among those after "Yours sincerely".
pub(super) fn signature(lines: &[Line]) -> Vec<String> {
    const MOST: usize = 6;
    let of_letter = |line: &&Line| !links::is_bare(line) && !is_office(line) && !numbers_a_page(&line.text);
    let lines = lines.iter().filter(of_letter).take(MOST);
    // A signature is names and offices; a sentence after it is a note below the letter.
    lines.take_while(|line| line.text.len() < 100 && !line.ends_sentence()).map(|line| line.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn kept(text: &str) -> Vec<String> {
        without(&lines(text)).iter().map(|line| line.text.clone()).collect()
    }

    #[test]
    fn numbers_of_pages_and_repeated_headers_go_and_numbers_in_the_text_stay() {
        let text = "Header 1 of x\nWe had\n12\ncomplaints.\nPage 1 of 2\u{c}\nHeader 2 of x\nMore.\n2";
        assert_eq!(kept(text), ["We had", "12", "complaints.", "More."]);
    }

    #[test]
    fn a_line_of_a_link_goes_where_it_only_repeats_one_of_the_text() {
        assert_eq!(kept("It is here.\n\nhttps://a.org/b\nhttps://a.org/c\n\nNext."), ["It is here.", "Next."]);
        assert_eq!(kept("We put things\n\nhttps://a.org/b\n\nright."), ["We put things", "right."]);
        assert_eq!(kept("Please visit\nhttps://a.org/b\nNext."), ["Please visit", "https://a.org/b", "Next."]);
    }
}
