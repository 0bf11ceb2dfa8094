//! The councils that fit what is typed, as the options of a list: written by the second program.

use upheld_domain::{
    council::Council,
    edition::Edition,
    register::Register,
    search::{Index, Why},
};
use upheld_pages::html::Html;

/// How many councils are offered at a time.
pub(super) const OFFERED: usize = 10;

/// The options for what is `typed`, as HTML; empty where nothing fits.
pub fn options(edition: &Edition, index: &Index, typed: &str) -> String {
    let register = edition.register();
    let mut html = Html::default();
    for (place, hit) in index.find(register, typed, OFFERED).iter().enumerate() {
        let Some(council) = register.get(hit.id) else { continue };
        option(&mut html, place, council, &reason(register, council, &hit.why));
    }
    html.written()
}

/// Writes an option: `council`, and after its name `why` it is offered.
pub(super) fn option(html: &mut Html, place: usize, council: &Council, why: &str) {
    let (id, place) = (format!("found-{place}"), place.to_string());
    let option = [
        ("id", id.as_str()),
        ("role", "option"),
        ("data-place", &place),
        ("data-council", council.slug.as_str()),
        ("aria-selected", "false"),
    ];
    html.within("li", &option, |html| {
        html.text(&council.name).text(" ").classed("span", "why", why);
    });
}

/// What tells a council apart from others of its name, and why it was found.
fn reason(register: &Register, council: &Council, why: &Why) -> String {
    let kind = format!("{}, {}", council.council_type.singular(), council.region.name());
    let ended = council.last_year.map(|last| format!(" until March {}", last.key())).unwrap_or_default();
    let why = match why {
        Why::Name => String::new(),
        Why::Alias(alias) => format!(" – {alias}"),
        Why::Former(name) => format!(" – formerly {name}"),
        Why::Part(words) => format!(" – found by “{words}” alone"),
        Why::SuccessorOf(id) => {
            register.get(*id).map(|it| format!(" – took over from {}", it.name)).unwrap_or_default()
        }
    };
    format!("{kind}{ended}{why}")
}
