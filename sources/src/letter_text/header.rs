//! Above "Dear": when a letter was written, and to whom.

use super::{furniture, lines::Line, links, period, statistics::names_a_body};
use upheld_domain::letter::Addressee;

/// What stands above the text of a letter.
pub(super) struct Header {
    pub(super) date: String,
    pub(super) addressee: Addressee,
    pub(super) salutation: String,
}

const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "cllr", "councillor", "professor", "prof"];
const ROLES: &[&str] =
    &["chief executive", "managing director", "director", "head of", "town clerk", "officer", "leader"];
/// Reads the lines before "Dear", and that line.
pub(super) fn read(before: &[Line], salutation: Option<&Line>) -> Header {
    let salutation = salutation.map(|line| line.text.trim_end_matches([',', ' ']).to_owned()).unwrap_or_default();
    let name = salutation.get("Dear ".len()..).unwrap_or_default();
    let mut header = Header { date: String::new(), addressee: Addressee::default(), salutation: salutation.clone() };
    let to = &mut header.addressee;
    for line in before {
        if let Some(date) = period::date(&line.text) {
            if header.date.is_empty() {
                header.date = date;
            }
        } else if !furniture::is_office(line) && !links::is_bare(line) {
            for part in parts(&line.text) {
                place(to, part, name);
            }
        }
    }
    header
}

/// A line holds one thing, or a name and an office: "Mr Porter, Chief Executive".
fn parts(line: &str) -> Vec<&str> {
    match line.split_once(", ") {
        Some((name, office)) if is_person(name) && !is_person(office) => vec![name, office],
        _ => vec![line.trim_end_matches(',')],
    }
}

/// Puts a line where it belongs. `name` is how the letter addresses the person.
fn place(to: &mut Addressee, part: &str, name: &str) {
    let lower = part.to_lowercase();
    let body = names_a_body(part) && !lower.contains("ombudsman");
    let named = || part.split(' ').any(|word| name.split(' ').any(|of_name| of_name == word && !is_person(word)));
    if to.person.is_empty() && (is_person(part) || named()) {
        part.clone_into(&mut to.person);
    } else if to.role.is_empty() && ROLES.iter().any(|role| lower.contains(role)) {
        part.clone_into(&mut to.role);
    } else if to.council.is_empty() && body {
        part.clone_into(&mut to.council);
    } else if !to.council.is_empty() {
        to.address.push(part.to_owned());
    } else if to.role.is_empty() && !to.person.is_empty() {
        // Between the person and the council there is nothing else to stand.
        part.clone_into(&mut to.role);
    }
    // What stands above all of them is the Ombudsman's own heading.
}

fn is_person(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    TITLES.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn to(text: &str, dear: &str) -> Vec<String> {
        let dear = lines(dear);
        let header = read(&lines(text), dear.first());
        let mut told = vec![header.date, header.addressee.person, header.addressee.role, header.addressee.council];
        told.extend(header.addressee.address);
        told
    }

    #[test]
    fn an_addressee_is_told_apart_from_date_post_and_office() {
        assert_eq!(
            to(
                "Local Government Ombudsman\n22 July 2020\nBy email\nMr Moor\nChief Executive\nLuton Borough Council\n",
                "Dear Mr Moor ,"
            ),
            ["22 July 2020", "Mr Moor", "Chief Executive", "Luton Borough Council"]
        );
        assert_eq!(
            to(
                "Ms A Moor, Head of Paid Service\nCity of York Council,\nWest Offices\nStation Rise\nOur ref: 1\n5th June 2014",
                "Dear Ms Moor"
            ),
            [
                "5th June 2014",
                "Ms A Moor",
                "Head of Paid Service",
                "City of York Council",
                "West Offices",
                "Station Rise"
            ]
        );
    }
}
