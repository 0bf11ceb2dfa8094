//! The Ombudsman's own letter, where it has been imported.

use crate::html::Html;
use upheld_domain::letter::{Block, Letter};

/// Writes a letter, set as one.
pub fn write(html: &mut Html, letter: &Letter) {
    html.within("article", &[("class", "letter"), ("aria-labelledby", "letter-title")], |html| {
        html.part("p", "letterhead", |html| {
            html.element("span", "Local Government and Social Care Ombudsman").element("span", &letter.date);
        });
        lines(html, &letter.addressee);
        html.within("h4", &[("id", "letter-title")], |html| {
            html.text(&letter.title);
        });
        for block in &letter.blocks {
            match block {
                Block::Heading(text) => html.element("h5", text),
                Block::Paragraph(text) => html.element("p", text),
                Block::List(items) => html.within("ul", &[], |html| {
                    for item in items {
                        html.element("li", item);
                    }
                }),
            };
        }
        lines(html, &letter.signature);
    });
}

fn lines(html: &mut Html, lines: &[String]) {
    if lines.is_empty() {
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

    #[test]
    fn a_letter_is_set_with_its_text_as_text() {
        let letter = Letter {
            title: "Annual letter".to_owned(),
            date: "22 July 2020".to_owned(),
            addressee: vec!["Chief Executive".to_owned()],
            blocks: vec![Block::Heading("Upheld".to_owned()), Block::Paragraph("13 < 24 & so on".to_owned())],
            signature: Vec::new(),
            source: None,
        };
        let mut html = Html::default();
        write(&mut html, &letter);
        let html = html.written();
        assert!(html.contains("<h5>Upheld</h5><p>13 &lt; 24 &amp; so on</p>"), "{html}");
        assert!(html.contains("<p>Chief Executive<br></p>") && html.ends_with("</article>"), "{html}");
    }
}
