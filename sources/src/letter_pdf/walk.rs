//! What is drawn on a page, letter by letter, with its place.

use super::{
    MOST_UNPACKED, PdfError,
    content::{Token, Tokens},
    document::unpack,
    font::Font,
};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::{collections::BTreeMap, rc::Rc};

/// A letter on a page; `y` goes up, as in PDF.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
}

/// The most letters that a file can draw.
const MOST_LETTERS: usize = 300_000;
/// The most operators that its pages can have.
const MOST_OPERATORS: usize = 2_000_000;
/// How deep drawings can lie in drawings, and states be kept.
const DEEPEST: usize = 12;
const MOST_STATES: usize = 64;
/// The most operands that an operator can have.
const MOST_OPERANDS: usize = 4096;

/// A linear map of the plane: what PDF calls a matrix.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one, and then `next`.
    #[expect(clippy::many_single_char_names, reason = "as PDF names them")]
    fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    #[expect(clippy::many_single_char_names, reason = "as PDF names them")]
    fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// What PDF calls the graphics state, as far as it is about text.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// A walk over the pages of a document.
pub(super) struct Walk<'a> {
    document: &'a Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    operators: usize,
    letters: usize,
    unpacked: usize,
}

/// What is drawn on one page, while it is.
struct Canvas {
    state: State,
    kept: Vec<State>,
    text: Matrix,
    line: Matrix,
    glyphs: Vec<Glyph>,
}

impl<'a> Walk<'a> {
    /// A walk over the pages of `document`.
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: BTreeMap::new(), operators: 0, letters: 0, unpacked: 0 }
    }

    /// The letters of a page.
    pub(super) fn page(&mut self, page: ObjectId) -> Result<Vec<Glyph>, PdfError> {
        // A page that cannot be found is as good as an empty one.
        let Ok(page) = self.document.get_dictionary(page) else { return Ok(Vec::new()) };
        let resources = self.inherited(page, b"Resources").and_then(|found| found.as_dict().ok());
        let rotate = self.inherited(page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
        let turned = match rotate.rem_euclid(360) {
            90 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            180 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            270 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            _ => Matrix::UNIT,
        };
        let content = self.content(page)?;
        let state = State {
            matrix: turned,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut canvas = Canvas { state, kept: Vec::new(), text: Matrix::UNIT, line: Matrix::UNIT, glyphs: Vec::new() };
        self.draw(&content, resources, &mut canvas, 0)?;
        Ok(canvas.glyphs)
    }

    /// What a page has, or a page above it.
    fn inherited(&self, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let mut page = page;
        for _ in 0..32 {
            if let Ok(found) = page.get_deref(key, self.document) {
                return Some(found);
            }
            page = page.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    /// What a page is told to draw: one stream, or several as if they were one.
    fn content(&mut self, page: &Dictionary) -> Result<Vec<u8>, PdfError> {
        let mut content = Vec::new();
        let parts: &[Object] = match page.get_deref(b"Contents", self.document) {
            Ok(Object::Array(parts)) => parts,
            Ok(one) => std::slice::from_ref(one),
            Err(_) => &[],
        };
        for part in parts.iter().take(1000) {
            let stream = self.document.dereference(part).and_then(|(_, part)| part.as_stream());
            if let Ok(stream) = stream {
                content.extend(self.unpack(stream)?);
                content.push(b'\n');
            }
        }
        Ok(content)
    }

    fn unpack(&mut self, stream: &lopdf::Stream) -> Result<Vec<u8>, PdfError> {
        const MOST: usize = 4 * MOST_UNPACKED;
        let unpacked = unpack(stream)?;
        self.unpacked += unpacked.len();
        if self.unpacked > MOST {
            return Err(PdfError::TooMuch { what: "bytes on its pages", most: MOST });
        }
        Ok(unpacked)
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        canvas: &mut Canvas,
        depth: usize,
    ) -> Result<(), PdfError> {
        let mut tokens = Tokens::new(content);
        let mut operands: Vec<Token> = Vec::new();
        while let Some(token) = tokens.next() {
            let Token::Word(operator) = token else {
                if operands.len() < MOST_OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            self.operators += 1;
            if self.operators > MOST_OPERATORS {
                return Err(PdfError::TooMuch { what: "operators on its pages", most: MOST_OPERATORS });
            }
            match (operator.as_slice(), operands.as_slice()) {
                (b"ID", _) => tokens.skip_image(),
                (b"Do", [.., Token::Name(name)]) if depth < DEEPEST => {
                    self.draw_form(name, resources, canvas, depth)?;
                }
                (b"Tf", [.., Token::Name(name), Token::Number(size)]) => {
                    canvas.state.size = *size;
                    canvas.state.font = self.font(name, resources)?;
                }
                (b"Tj", [.., Token::Text(text)]) => self.show(text, canvas)?,
                (b"'", [.., Token::Text(text)]) => {
                    canvas.next_line();
                    self.show(text, canvas)?;
                }
                (b"\"", [.., Token::Number(words), Token::Number(letters), Token::Text(text)]) => {
                    (canvas.state.word_space, canvas.state.letter_space) = (*words, *letters);
                    canvas.next_line();
                    self.show(text, canvas)?;
                }
                (b"TJ", parts) => {
                    for part in parts {
                        match part {
                            Token::Text(text) => self.show(text, canvas)?,
                            Token::Number(back) => {
                                let by = -back / 1000.0 * canvas.state.size * canvas.state.stretch;
                                canvas.text = Matrix::moved(by, 0.0).then(canvas.text);
                            }
                            _ => {}
                        }
                    }
                }
                (operator, operands) => canvas.set(operator, operands),
            }
            operands.clear();
        }
        Ok(())
    }

    /// Draws a drawing that lies apart.
    fn draw_form(
        &mut self,
        name: &[u8],
        resources: Option<&'a Dictionary>,
        canvas: &mut Canvas,
        depth: usize,
    ) -> Result<(), PdfError> {
        let form = resource(self.document, resources, b"XObject", name).and_then(|form| form.as_stream().ok());
        let Some(form) =
            form.filter(|form| form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form"))
        else {
            return Ok(());
        };
        let content = self.unpack(form)?;
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let before = (canvas.state.clone(), canvas.kept.len(), canvas.text, canvas.line);
        if let Ok(matrix) = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array) {
            let numbers: Vec<f64> = matrix.iter().filter_map(|number| number.as_float().ok()).map(f64::from).collect();
            if let Ok(matrix) = <[f64; 6]>::try_from(numbers) {
                canvas.state.matrix = Matrix(matrix).then(canvas.state.matrix);
            }
        }
        self.draw(&content, own.or(resources), canvas, depth + 1)?;
        (canvas.state, canvas.text, canvas.line) = (before.0, before.2, before.3);
        canvas.kept.truncate(before.1);
        Ok(())
    }

    fn font(&mut self, name: &[u8], resources: Option<&'a Dictionary>) -> Result<Option<Rc<Font>>, PdfError> {
        let fonts = resources.and_then(|all| all.get_deref(b"Font", self.document).and_then(Object::as_dict).ok());
        let Some(font) = fonts.and_then(|fonts| fonts.get(name).ok()) else { return Ok(None) };
        let Ok((id, font)) = self.document.dereference(font) else { return Ok(None) };
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(Some(known.clone()));
        }
        let Ok(font) = font.as_dict() else { return Ok(None) };
        // It costs more than to draw, and no letter has hundreds.
        self.operators += 10_000;
        let font = Rc::new(Font::read(self.document, font)?);
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        Ok(Some(font))
    }

    /// Shows a string.
    fn show(&mut self, bytes: &[u8], canvas: &mut Canvas) -> Result<(), PdfError> {
        let Some(font) = canvas.state.font.clone() else { return Ok(()) };
        self.letters += bytes.len();
        if self.letters > MOST_LETTERS {
            return Err(PdfError::TooMuch { what: "letters", most: MOST_LETTERS });
        }
        for drawn in font.drawn(bytes) {
            let state = &canvas.state;
            let spaced = state.letter_space + if drawn.word_space { state.word_space } else { 0.0 };
            let width = drawn.width * state.size * state.stretch;
            let place = Matrix::moved(0.0, state.rise).then(canvas.text).then(state.matrix);
            let ((x, y), (end, end_y), (top_x, top)) =
                (place.point(0.0, 0.0), place.point(width, 0.0), place.point(0.0, state.size));
            canvas.text = Matrix::moved(width + spaced * state.stretch, 0.0).then(canvas.text);
            let size = (top - y).hypot(top_x - x);
            // What runs up or down the page, or backwards, is furniture.
            let along = end >= x && (end_y - y).abs() <= 0.2 * (end - x).max(f64::MIN_POSITIVE);
            if along && size > 0.5 && [x, y, end, size].iter().all(|number| number.abs() < 1e6) {
                canvas.glyphs.push(Glyph { text: drawn.text, x, end, y, size, bold: font.bold });
            }
        }
        Ok(())
    }
}

fn resource<'a>(
    document: &'a Document,
    resources: Option<&'a Dictionary>,
    kind: &[u8],
    name: &[u8],
) -> Option<&'a Object> {
    resources?.get_deref(kind, document).and_then(Object::as_dict).ok()?.get_deref(name, document).ok()
}

impl Canvas {
    fn next_line(&mut self) {
        self.line = Matrix::moved(0.0, -self.state.leading).then(self.line);
        self.text = self.line;
    }

    /// What changes the state and draws nothing.
    fn set(&mut self, operator: &[u8], operands: &[Token]) {
        let numbers: Vec<f64> = operands
            .iter()
            .filter_map(|operand| match operand {
                Token::Number(number) => Some(*number),
                _ => None,
            })
            .collect();
        match (operator, numbers.as_slice()) {
            (b"q", _) if self.kept.len() < MOST_STATES => self.kept.push(self.state.clone()),
            (b"Q", _) => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            (b"cm", numbers) => {
                if let Ok(matrix) = <[f64; 6]>::try_from(numbers) {
                    self.state.matrix = Matrix(matrix).then(self.state.matrix);
                }
            }
            (b"BT", _) => (self.text, self.line) = (Matrix::UNIT, Matrix::UNIT),
            (b"Tm", numbers) => {
                if let Ok(matrix) = <[f64; 6]>::try_from(numbers) {
                    self.line = Matrix(matrix);
                    self.text = self.line;
                }
            }
            (b"Td" | b"TD", [x, y]) => {
                if operator == b"TD" {
                    self.state.leading = -y;
                }
                self.line = Matrix::moved(*x, *y).then(self.line);
                self.text = self.line;
            }
            (b"T*", _) => self.next_line(),
            (b"Tc", [space]) => self.state.letter_space = *space,
            (b"Tw", [space]) => self.state.word_space = *space,
            (b"Tz", [percent]) => self.state.stretch = percent / 100.0,
            (b"TL", [leading]) => self.state.leading = *leading,
            (b"Ts", [rise]) => self.state.rise = *rise,
            _ => {}
        }
    }
}
