//! Addresses of pages, in the text or beside it.

use super::lines::Line;

/// Every address that the lines name, each once, in their order; the one that is written out in full is kept.
pub(super) fn all(lines: &[Line]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in lines.iter().flat_map(|line| line.text.split(' ')) {
        let Some(address) = address(word) else { continue };
        match found.iter_mut().find(|known| bare(known) == bare(address)) {
            Some(known) if known.starts_with("www.") => address.clone_into(known),
            Some(_) => {}
            None => found.push(address.to_owned()),
        }
    }
    found
}

/// Whether the line is an address and nothing else.
pub(super) fn is_bare(line: &Line) -> bool {
    line.text.starts_with("http") && address(&line.text).is_some_and(|address| address == line.text)
}

fn address(word: &str) -> Option<&str> {
    let word = word.trim_start_matches(['(', '<', '“', '‘', '"', '\'']);
    let word = word.trim_end_matches(['.', ',', ';', ':', ')', '>', '”', '’', '"', '\'', '!', '?']);
    let page = ["https://", "http://", "www."].into_iter().find_map(|start| word.strip_prefix(start))?;
    (page.contains('.') && !page.contains(' ')).then_some(word)
}

fn bare(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[test]
    fn an_address_is_listed_once_and_in_full_where_it_is_printed_so() {
        let text = "See www.example.org/a, or (https://example.org/b).\nhttp://www.example.org/a\nwww.nothing http://";
        assert_eq!(all(&lines(text)), ["http://www.example.org/a", "https://example.org/b"]);
    }
}
