//! The template: the page that the bundler built, with the places that a rendered page fills.

use std::ops::Range;
use upheld_pages::html::escaped;

const OPEN: &str = "<!-- static -->";
const CLOSE: &str = "<!-- /static -->";
const HEAD_OPEN: &str = "<!-- head -->";
const HEAD_CLOSE: &str = "<!-- /head -->";

/// What the built page lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TemplateError {
    #[error("no <base href> in it; write <base data-trunk-public-url> into the head of index.html")]
    Base,
    #[error("no <title> in it; write <title>Upheld</title> into the head of index.html")]
    Title,
    #[error("no element with the id \"app\"; write <div id=\"app\">{OPEN}{CLOSE}</div> into the body of index.html")]
    App,
    #[error("no place for the static page in #app; write {OPEN}{CLOSE} into it, or leave it empty")]
    Place,
}

/// The built page.
#[derive(Debug)]
pub(crate) struct Template<'a> {
    page: &'a str,
    base: Range<usize>,
    title: Range<usize>,
    /// The description that the built page has in the meantime.
    description: Range<usize>,
    /// Where the rest of the head goes: right after the title.
    head: Range<usize>,
    place: Range<usize>,
}

impl<'a> Template<'a> {
    /// Finds the places in `page`: a page that was rendered before, or that was minified, has them too.
    pub(crate) fn of(page: &'a str) -> Result<Self, TemplateError> {
        let base = tag(page, 0, |tag| tag.starts_with("<base ") && tag.contains("href=")).ok_or(TemplateError::Base)?;
        let title = tag(page, 0, |tag| tag == "<title>").ok_or(TemplateError::Title)?;
        let title_end = find(page, title.end, "</title>").ok_or(TemplateError::Title)?;
        let is_app = |tag: &str| ["id=\"app\"", "id='app'", "id=app>", "id=app "].iter().any(|id| tag.contains(id));
        let app = tag(page, 0, is_app).ok_or(TemplateError::App)?;
        let place = match (find(page, app.end, OPEN), find(page, app.end, CLOSE)) {
            (Some(open), Some(close)) if open < close => open..close + CLOSE.len(),
            // A minifier takes comments out.
            _ if page.get(app.end..).is_some_and(|rest| rest.trim_start().starts_with("</")) => app.end..app.end,
            _ => return Err(TemplateError::Place),
        };
        let below = title_end + "</title>".len();
        let head = match (find(page, below, HEAD_OPEN), find(page, below, HEAD_CLOSE)) {
            (Some(open), Some(close)) if open < close => below..close + HEAD_CLOSE.len(),
            _ => below..below,
        };
        let is_description = |tag: &str| {
            ["name=\"description\"", "name='description'", "name=description"].iter().any(|name| tag.contains(name))
        };
        let description = tag(page, head.end, |tag| tag.starts_with("<meta ") && is_description(tag));
        let description = description.map_or(head.end..head.end, |found| {
            // With the white space before it, which would be left.
            let before = page.get(..found.start).unwrap_or_default().trim_end().len();
            before.max(head.end)..found.end
        });
        Ok(Self { page, base, title: title.end..title_end, description, head, place })
    }

    /// The page with `base` as the way to the root of the site, `title`, the rest of its `head`, and `content` for when there is no
    /// program.
    pub(crate) fn filled(&self, base: &str, title: &str, head: &str, content: &str) -> String {
        let mut filled = [
            (&self.base, format!("<base href=\"{}\">", escaped(base))),
            (&self.title, escaped(title)),
            (&self.head, format!("\n{HEAD_OPEN}{head}\n{HEAD_CLOSE}")),
            (&self.description, String::new()),
            (&self.place, format!("{OPEN}{content}{CLOSE}")),
        ];
        filled.sort_by_key(|(range, _)| range.start);
        let mut page = String::new();
        let mut at = 0;
        for (range, text) in &filled {
            page.push_str(self.page.get(at..range.start).unwrap_or_default());
            page.push_str(text);
            at = range.end;
        }
        page.push_str(self.page.get(at..).unwrap_or_default());
        page
    }
}

/// The id of the place of the programs in a page that [`deferred`] made.
const PROGRAMS: &str = "<template id=\"programs\">";

/// The built page with its programs, and what is loaded ahead for them, put aside at its end: `boot.js` starts them once the page has been
/// painted, so that what was rendered ahead does not wait for them. A page whose programs are aside already stays as it is.
pub(crate) fn deferred(page: &str) -> String {
    if page.contains(PROGRAMS) {
        return page.to_owned();
    }
    let is_program = |tag: &str| {
        let is_script = tag.starts_with("<script") && (tag.contains("src=") || tag.contains("module"));
        is_script || (tag.starts_with("<link") && tag.contains("preload"))
    };
    let (mut rest, mut programs, mut at) = (String::new(), String::new(), 0);
    while let Some(found) = tag(page, at, is_program) {
        rest.push_str(page.get(at..found.start).unwrap_or_default());
        let is_script = page.get(found.clone()).is_some_and(|tag| tag.starts_with("<script"));
        let end = if is_script { find(page, found.end, "</script>").map(|end| end + "</script>".len()) } else { None };
        at = end.unwrap_or(found.end);
        programs.push_str(page.get(found.start..at).unwrap_or_default());
    }
    rest.push_str(page.get(at..).unwrap_or_default());
    let aside = format!("{PROGRAMS}{programs}</template>");
    // Before the script that starts them, which is the last of the page.
    let place = rest.rfind("<script").or_else(|| rest.rfind("</body>")).unwrap_or(rest.len());
    rest.insert_str(place, &aside);
    rest
}

/// The built page without its programs: neither scripts nor what is loaded ahead for them.
pub(crate) fn without_programs(page: &str) -> String {
    // Where they are aside, their place goes too.
    const END: &str = "</template>";
    let aside = find(page, 0, PROGRAMS)
        .and_then(|from| Some((page.get(..from)?, page.get(find(page, from, END)? + END.len()..)?)));
    let page = aside.map_or_else(|| page.to_owned(), |(before, after)| [before, after].concat());
    let page = page.as_str();
    let mut bare = String::new();
    let mut at = 0;
    let is_program = |tag: &str| tag.starts_with("<script") || (tag.starts_with("<link") && tag.contains("preload"));
    while let Some(found) = tag(page, at, is_program) {
        bare.push_str(page.get(at..found.start).unwrap_or_default());
        let is_script = page.get(found.clone()).is_some_and(|tag| tag.starts_with("<script"));
        let end = if is_script { find(page, found.end, "</script>").map(|end| end + "</script>".len()) } else { None };
        at = end.unwrap_or(found.end);
    }
    bare.push_str(page.get(at..).unwrap_or_default());
    bare
}

/// What begins a style that [`inlined`] put in the place of its link: the link's own attributes follow.
const STYLE: &str = "<style data-link=\"";

/// The link to the style sheet of the built page, and the name of its file.
pub(crate) fn style_sheet(page: &str) -> Option<(Range<usize>, &str)> {
    let link = tag(page, 0, |tag| tag.starts_with("<link ") && tag.contains("stylesheet"))?;
    let address = page.get(link.clone())?.split_once("href=")?.1;
    let address = address.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '>']).next()?;
    Some((link, address.rsplit('/').next()?))
}

/// The page with the text of its style sheet, `css`, in the place of the link to it, so that it is painted without another request. The policy of the
/// site allows that text by its hash: see `scripts/csp.mjs`.
pub(crate) fn inlined(page: &str, css: &str) -> String {
    let Some((link, _)) = style_sheet(page) else { return page.to_owned() };
    let (before, after) = (page.get(..link.start).unwrap_or_default(), page.get(link.end..).unwrap_or_default());
    let attributes = page.get(link).and_then(|tag| tag.strip_prefix("<link ")?.strip_suffix('>')).unwrap_or_default();
    format!("{before}{STYLE}{}\">{css}</style>{after}", escaped(attributes))
}

/// A page with the link to its style sheet as it was built, however often it was rendered.
pub(crate) fn linked(page: &str) -> String {
    const END: &str = "</style>";
    let parts = find(page, 0, STYLE).and_then(|from| {
        let (attributes, rest) = page.get(from + STYLE.len()..)?.split_once("\">")?;
        Some((page.get(..from)?, attributes, rest.split_once(END)?.1))
    });
    let Some((before, attributes, after)) = parts else { return page.to_owned() };
    let attributes = attributes.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    format!("{before}<link {attributes}>{after}")
}

/// The first tag from `from` on that `is_it`.
fn tag(page: &str, from: usize, is_it: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let start = find(page, from, "<")?;
        let end = find(page, start, ">")? + 1;
        if page.get(start..end).is_some_and(&is_it) {
            return Some(start..end);
        }
        from = start + 1;
    }
}

fn find(page: &str, from: usize, text: &str) -> Option<usize> {
    page.get(from..)?.find(text).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT: &str = r#"<!doctype html><html lang="en-GB"><head><base href="/"/><title>Upheld</title> <meta name="description" content="x"></head><body><div id="app"><!-- static --><!-- /static --></div></body></html>"#;

    #[test]
    fn a_page_is_filled_in_its_places_and_can_be_filled_again() {
        let once = Template::of(BUILT).unwrap().filled(
            "../",
            "A & B",
            "\n<meta name=\"description\" content=\"y\">",
            "<p>one</p>",
        );
        assert_eq!(
            once,
            r#"<!doctype html><html lang="en-GB"><head><base href="../"><title>A &amp; B</title>
<!-- head -->
<meta name="description" content="y">
<!-- /head --></head><body><div id="app"><!-- static --><p>one</p><!-- /static --></div></body></html>"#
        );
        let again = Template::of(&once).unwrap().filled("./", "C", "", "<p>two</p>");
        assert_eq!(again, Template::of(BUILT).unwrap().filled("./", "C", "", "<p>two</p>"));
    }

    #[test]
    fn the_style_stands_in_the_page_and_its_link_comes_back() {
        for link in [
            "<link href=./upheld-1.css integrity=sha384-A/b+c= rel=stylesheet>",
            "<link rel=\"stylesheet\" href=\"./upheld-1.css\">",
        ] {
            let page = format!("<head><link rel=icon href=data:x>{link}</head>");
            assert_eq!(style_sheet(&page).unwrap().1, "upheld-1.css");
            let with_style = inlined(&page, "p > a { color: red }");
            assert!(with_style.contains("\">p > a { color: red }</style></head>"), "{with_style}");
            assert!(!with_style.contains("<link href") && !with_style.contains("<link rel=\"s"), "{with_style}");
            assert_eq!(linked(&with_style), page);
            assert_eq!(linked(&page), page);
        }
    }

    #[test]
    fn a_minified_page_has_its_places_too() {
        let minified = "<!doctype html><html lang=en-GB><head><base href=/><title>Upheld</title></head><body><div id=app></div></body></html>";
        let filled = Template::of(minified).unwrap().filled("./", "T", "\nh", "x");
        assert!(
            filled.contains("<base href=\"./\"><title>T</title>\n<!-- head -->\nh\n<!-- /head --></head>"),
            "{filled}"
        );
        assert!(filled.contains("<div id=app><!-- static -->x<!-- /static --></div>"), "{filled}");
    }

    #[test]
    fn a_page_can_do_without_its_programs() {
        let page = "<head><link rel=preload href=a><link rel=stylesheet href=b><script src=c></script></head><body><script>let d = '<p>';</script><p>e</p></body>";
        assert_eq!(without_programs(page), "<head><link rel=stylesheet href=b></head><body><p>e</p></body>");
    }

    #[test]
    fn programs_come_after_the_page() {
        let page = "<head><link rel=preload href=a><link rel=stylesheet href=b><script src=c defer></script><script type=\"module\">d</script></head><body><p>e</p><script>boot</script></body>";
        let aside = deferred(page);
        assert_eq!(
            aside,
            "<head><link rel=stylesheet href=b></head><body><p>e</p><template id=\"programs\"><link rel=preload href=a><script src=c defer></script><script type=\"module\">d</script></template><script>boot</script></body>"
        );
        assert_eq!(deferred(&aside), aside);
        assert_eq!(without_programs(&aside), without_programs(page));
    }

    #[test]
    fn what_a_page_lacks_is_said_precisely() {
        let lacking = |text: &str, other: &str| Template::of(&BUILT.replace(text, other)).unwrap_err();
        assert_eq!(lacking("<base href=\"/\"/>", ""), TemplateError::Base);
        assert_eq!(lacking("<title>Upheld</title>", ""), TemplateError::Title);
        assert_eq!(lacking("id=\"app\"", "id=\"root\""), TemplateError::App);
        assert_eq!(lacking("<!-- static --><!-- /static -->", "<p>other</p>"), TemplateError::Place);
    }
}
