//! A font's own table of which letters its codes stand for.

use super::content::{Token, Tokens};
use std::collections::BTreeMap;

/// The table.
#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    letters: BTreeMap<u32, String>,
    /// First code, last code, and the letters of the first: the last letter goes up with the code.
    ranges: Vec<(u32, u32, String)>,
}

/// The most entries that are kept: there are not more codes of two bytes.
const MOST: usize = 65_536;

impl ToUnicode {
    /// Reads the table. What cannot be read is left out.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut table = Self::default();
        let mut operands: Vec<Token> = Vec::new();
        for token in Tokens::new(bytes) {
            let Token::Word(word) = &token else {
                // What is between `begin…` and `end…` is all that counts, a hundred entries at most.
                if operands.len() < MOST {
                    operands.push(token);
                }
                continue;
            };
            match word.as_slice() {
                b"endbfchar" => table.add_letters(&operands),
                b"endbfrange" => table.add_ranges(&operands),
                _ => {}
            }
            operands.clear();
        }
        table
    }

    fn add_letters(&mut self, operands: &[Token]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Text(from), Token::Text(to)] = pair
                && self.letters.len() < MOST
            {
                self.letters.insert(code(from), utf16(to));
            }
        }
    }

    fn add_ranges(&mut self, operands: &[Token]) {
        let mut operands = operands.iter();
        while let (Some(Token::Text(first)), Some(Token::Text(last)), Some(to)) =
            (operands.next(), operands.next(), operands.next())
        {
            let (first, last) = (code(first), code(last));
            match to {
                Token::Text(to) if self.ranges.len() < MOST => self.ranges.push((first, last, utf16(to))),
                Token::Open => {
                    for (code, to) in (first..=last).zip(operands.by_ref().take_while(|token| **token != Token::Close))
                    {
                        if let Token::Text(to) = to
                            && self.letters.len() < MOST
                        {
                            self.letters.insert(code, utf16(to));
                        }
                    }
                    // What is left of the array, where it is longer than the range, makes the rest unreadable.
                }
                _ => return,
            }
        }
    }

    /// The letters that `code` stands for.
    pub(super) fn get(&self, code: u32) -> Option<String> {
        if let Some(text) = self.letters.get(&code) {
            return Some(text.clone());
        }
        let (first, _, text) = self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&code))?;
        let mut letters: Vec<char> = text.chars().collect();
        let last = letters.pop()?;
        letters.push(char::from_u32(u32::from(last).checked_add(code - first)?)?);
        Some(letters.into_iter().collect())
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    // A ligature stands for a few letters, not for many.
    char::decode_utf16(units).take(16).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_one_by_one_in_ranges_and_in_lists() {
        let table = ToUnicode::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0057> <00660069> endbfchar \
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0078> <D83DDE00>] endbfrange",
        );
        let letters: Vec<Option<String>> =
            [3, 0x57, 0x10, 0x12, 0x13, 0x20, 0x21].into_iter().map(|code| table.get(code)).collect();
        let expected = [Some(" "), Some("fi"), Some("A"), Some("C"), None, Some("x"), Some("😀")];
        assert_eq!(letters, expected.map(|text| text.map(str::to_owned)));
    }

    #[test]
    fn a_table_that_is_broken_is_read_as_far_as_it_goes() {
        let table =
            ToUnicode::read(b"beginbfrange <00> <FFFFFFFF> <FFFF> <01> endbfrange beginbfchar <41> endbfchar <");
        assert_eq!(table.get(0), Some("\u{ffff}".to_owned()));
        assert_eq!(table.get(u32::MAX), None);
    }
}
