//! `/data/v1/changelog.json` and `CHANGELOG.md`: what changed from edition to edition, for programs and for people.

use serde_json::{Value, json};
use upheld_sources::changelog::Change;

/// The changes by edition, the newest edition first; within one, in the order of the rows.
fn by_edition(changes: &[Change]) -> Vec<(&str, Vec<&Change>)> {
    let mut editions: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in changes {
        match editions.last_mut() {
            Some((date, changes)) if *date == change.date => changes.push(change),
            _ => editions.push((&change.date, vec![change])),
        }
    }
    editions
}

/// For programs.
pub(super) fn json(changes: &[Change]) -> Value {
    let editions = by_edition(changes).into_iter().map(|(date, changes)| {
        let changes = changes.into_iter().map(|change| json!({ "what": change.what, "why": change.why }));
        json!({ "date": date, "changes": changes.collect::<Vec<_>>() })
    });
    json!({ "editions": editions.collect::<Vec<_>>() })
}

/// For people, as Markdown.
pub(super) fn markdown(changes: &[Change]) -> String {
    let mut text = String::from(
        "# What changed, edition by edition\n\nThe newest first. Each edition is named after the day on which it was closed.\n",
    );
    for (date, changes) in by_edition(changes) {
        text.extend(["\n## ", date, "\n\n"]);
        for change in changes {
            let (what, why) = (plain(&change.what), plain(change.why.trim_end_matches('.')));
            text.extend(["- ", &what, " (", &why, ")\n"]);
        }
    }
    text
}

/// `text` so that Markdown takes it for words alone.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(date: &str, what: &str, why: &str) -> Change {
        Change { date: date.to_owned(), what: what.to_owned(), why: why.to_owned() }
    }

    #[test]
    fn changes_stand_below_their_edition() {
        let changes = [
            change("2027-01-02", "Two rows more.", "They were printed."),
            change("2027-01-02", "One_name* corrected.", "A slip"),
            change("2026-11-23", "The first edition.", "There was none."),
        ];
        let json = json(&changes);
        assert_eq!(json["editions"][0]["changes"][1]["why"], "A slip");
        assert_eq!(json["editions"][1]["date"], "2026-11-23");
        let text = markdown(&changes);
        assert!(
            text.ends_with(
                "\n## 2027-01-02\n\n- Two rows more. (They were printed)\n- One\\_name\\* corrected. (A slip)\n\n## 2026-11-23\n\n- The first edition. (There was none)\n"
            ),
            "{text}"
        );
    }
}
