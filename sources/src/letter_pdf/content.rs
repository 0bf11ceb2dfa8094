//! The language of a page: what it is told to draw, operand by operand.

/// A part of that language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number.
    Number(f64),
    /// A name, without its slash.
    Name(Vec<u8>),
    /// A string, in the font's codes.
    Text(Vec<u8>),
    /// `[`
    Open,
    /// `]`
    Close,
    /// An operator, or a word such as `true`.
    Word(Vec<u8>),
}

/// The tokens of a stream. Whatever the bytes are, it comes to an end.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Those of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Goes past the data of an image that stands within the stream, after `ID`.
    pub(super) fn skip_image(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let space = |byte: Option<&u8>| byte.is_none_or(|byte| is_space(*byte));
        let ends = |(place, window): (usize, &[u8])| {
            let apart = space(place.checked_sub(1).and_then(|before| rest.get(before))) && space(rest.get(place + 2));
            (window == b"EI" && apart).then_some(place)
        };
        let end = rest.windows(2).enumerate().find_map(ends);
        self.at = end.map_or(self.bytes.len(), |end| self.at + end + 2);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, accepted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !accepted(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A name with its `#20`s undone.
    fn name(&mut self) -> Vec<u8> {
        let written = self.take_while(is_regular);
        let mut name = Vec::with_capacity(written.len());
        let mut at = 0;
        while let Some(byte) = written.get(at) {
            let code = written
                .get(at + 1..at + 3)
                .filter(|_| *byte == b'#')
                .and_then(|hex| Some(16 * digit(*hex.first()?)? + digit(*hex.get(1)?)?));
            name.push(code.unwrap_or(*byte));
            at += if code.is_some() { 3 } else { 1 };
        }
        name
    }

    /// A string in parentheses, after the first.
    fn literal(&mut self) -> Vec<u8> {
        let (mut text, mut depth) = (Vec::new(), 0_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    text.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                None
            }
            b'\n' => None,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(octal @ b'0'..=b'7') = self.peek() else { break };
                    code = 8 * code + u32::from(octal - b'0');
                    self.at += 1;
                }
                u8::try_from(code & 0xff).ok()
            }
            byte => Some(byte),
        }
    }

    /// A string in hexadecimal digits, after the angle.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let digits: Vec<u8> = self.take_while(|byte| byte != b'>').iter().filter_map(|byte| digit(*byte)).collect();
        self.at += 1;
        digits.chunks(2).map(|pair| 16 * pair.first().unwrap_or(&0) + pair.get(1).unwrap_or(&0)).collect()
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'%' => {
                    self.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
                }
                b'(' => {
                    self.at += 1;
                    return Some(Token::Text(self.literal()));
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.at += 2,
                b'<' => {
                    self.at += 1;
                    return Some(Token::Text(self.hexadecimal()));
                }
                b'/' => {
                    self.at += 1;
                    return Some(Token::Name(self.name()));
                }
                b'[' | b']' => {
                    self.at += 1;
                    return Some(if byte == b'[' { Token::Open } else { Token::Close });
                }
                byte if is_regular(byte) => {
                    let word = self.take_while(is_regular);
                    return Some(number(word).map_or_else(|| Token::Word(word.to_vec()), Token::Number));
                }
                _ => self.at += 1,
            }
        }
    }
}

fn number(word: &[u8]) -> Option<f64> {
    let numeric = word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+'));
    let number: f64 = str::from_utf8(word).ok().filter(|_| numeric)?.parse().ok()?;
    // What is off any page would only make sums that are no numbers.
    (number.abs() < 1e9).then_some(number)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Token {
        Token::Text(text.as_bytes().to_vec())
    }

    fn word(word: &str) -> Token {
        Token::Word(word.as_bytes().to_vec())
    }

    #[test]
    fn strings_names_and_numbers_are_read_as_the_language_writes_them() {
        let tokens: Vec<Token> =
            Tokens::new(b"/F#31 -.5 Tf % note\n[(a\\(b\\051 (c)\\101\\\nd) 12 <4 1 4>] TJ << /A 1 >> T* (open")
                .collect();
        let expected = [
            Token::Name(b"F1".to_vec()),
            Token::Number(-0.5),
            word("Tf"),
            Token::Open,
            text("a(b) (c)Ad"),
            Token::Number(12.0),
            text("A@"),
            Token::Close,
            word("TJ"),
            Token::Name(b"A".to_vec()),
            Token::Number(1.0),
            word("T*"),
            text("open"),
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn an_image_within_the_stream_is_passed_over() {
        let mut tokens = Tokens::new(b"ID \x01(EI\x02EIx EI Q");
        assert_eq!(tokens.next(), Some(word("ID")));
        tokens.skip_image();
        assert_eq!(tokens.next(), Some(word("Q")));
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Tokens::new(&bytes).count() <= bytes.len());
        }
    }
}
