//! The Ombudsman's own letter, where it has been imported.

use crate::html::Html;
use upheld_domain::letter::{Block, Cell, Letter};

/// Writes a letter, set as one.
pub fn write(html: &mut Html, letter: &Letter) {
    html.within("article", &[("class", "letter"), ("aria-labelledby", "letter-title")], |html| {
        html.part("p", "letterhead", |html| {
            html.element("span", "Local Government and Social Care Ombudsman").element("span", &letter.date);
        });
        lines(html, letter.addressee.lines());
        html.within("h4", &[("id", "letter-title")], |html| {
            html.text(if letter.title.is_empty() { "Annual letter" } else { &letter.title });
        });
        if !letter.salutation.is_empty() {
            html.element("p", &letter.salutation);
        }
        blocks(html, &letter.blocks);
        lines(html, letter.signature.iter().map(String::as_str));
        if let Some(statistics) = &letter.statistics {
            blocks(html, &statistics.blocks);
        }
    });
}

fn blocks(html: &mut Html, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading(text) => html.element("h5", text),
            Block::Paragraph(text) => html.element("p", text),
            Block::List(items) => html.within("ul", &[], |html| {
                for item in items {
                    html.element("li", item);
                }
            }),
            Block::Table(cells) => table(html, cells),
        };
    }
}

/// A table of one row, written as a column: it has to be read on a phone too.
fn table<'a>(html: &'a mut Html, cells: &[Cell]) -> &'a mut Html {
    html.within("table", &[], |html| {
        for cell in cells {
            html.within("tr", &[], |html| {
                html.within("th", &[("scope", "row")], |html| {
                    html.text(&cell.label);
                });
                html.element("td", &cell.value);
            });
        }
    })
}

fn lines<'a>(html: &mut Html, lines: impl Iterator<Item = &'a str>) {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return;
    }
    html.within("p", &[], |html| {
        for line in lines {
            html.text(line).markup("<br>");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use upheld_domain::letter::{Addressee, Statistics};

    #[test]
    fn a_letter_is_set_with_its_text_as_text() {
        let letter = Letter {
            title: "Annual letter".to_owned(),
            date: "22 July 2020".to_owned(),
            addressee: Addressee { role: "Chief Executive".to_owned(), ..Addressee::default() },
            blocks: vec![Block::Heading("Upheld".to_owned()), Block::Paragraph("13 < 24 & so on".to_owned())],
            statistics: Some(Statistics {
                blocks: vec![Block::Table(vec![Cell { label: "Upheld".to_owned(), value: "13".to_owned() }])],
                ..Statistics::default()
            }),
            ..Letter::default()
        };
        let mut html = Html::default();
        write(&mut html, &letter);
        let html = html.written();
        assert!(html.contains("<h5>Upheld</h5><p>13 &lt; 24 &amp; so on</p>"), "{html}");
        assert!(html.contains("<tr><th scope=\"row\">Upheld</th><td>13</td></tr>"), "{html}");
        assert!(html.contains("<p>Chief Executive<br></p>") && html.ends_with("</article>"), "{html}");
    }
}
