//! HTML, written so that it cannot be malformed: text is escaped, and what is opened is closed.

/// A piece of HTML that is being written.
#[derive(Debug, Default)]
pub struct Html(String);

impl Html {
    /// The element `tag` with what `content` writes into it.
    pub fn within(&mut self, tag: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) -> &mut Self {
        self.open(tag, attributes);
        content(self);
        self.close(tag)
    }

    /// The element `tag` with a class, and what `content` writes into it.
    pub fn part(&mut self, tag: &str, class: &str, content: impl FnOnce(&mut Self)) -> &mut Self {
        self.within(tag, &[("class", class)], content)
    }

    /// The element `tag` with a class, around `text`.
    pub fn classed(&mut self, tag: &str, class: &str, text: &str) -> &mut Self {
        self.open(tag, &[("class", class)]).text(text).close(tag)
    }

    // Opening and closing are apart from `within`, which is compiled once for every content.
    fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    fn close(&mut self, tag: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// The element `tag` around `text`.
    pub fn element(&mut self, tag: &str, text: &str) -> &mut Self {
        self.open(tag, &[]).text(text).close(tag)
    }

    /// The element `tag`, which holds nothing and is not closed.
    pub fn void(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.open(tag, attributes)
    }

    /// A link to `address`, which is relative to the root of the site, or whole.
    pub fn link(&mut self, address: &str, text: &str) -> &mut Self {
        self.open("a", &[("href", address)]).text(text).close("a")
    }

    /// Text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.0, text);
        self
    }

    /// Markup of our own, which is HTML already.
    pub fn markup(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A new line in the source, for people who read it.
    pub fn line(&mut self) -> &mut Self {
        self.0.push('\n');
        self
    }

    /// What has been written.
    #[must_use]
    pub fn written(self) -> String {
        self.0
    }
}

/// `text` so that it means itself, between tags and within quotation marks.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape(&mut escaped, text);
    escaped
}

fn escape(into: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            letter => into.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_markup_in_a_text_is_text() {
        let mut html = Html::default();
        html.within("p", &[("title", "\"a\" & b")], |html| {
            html.text("<script>").link("council/a/?b&c", "O’Neill & 'sons'");
        });
        assert_eq!(
            html.written(),
            "<p title=\"&quot;a&quot; &amp; b\">&lt;script&gt;<a href=\"council/a/?b&amp;c\">O’Neill &amp; &#39;sons&#39;</a></p>"
        );
    }
}
