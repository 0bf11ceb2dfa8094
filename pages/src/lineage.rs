//! What the council came from, what came after it, and the public reports about it.

use crate::{About, html::Html};
use upheld_domain::{
    council::{Council, OmbudsmanPage},
    register::CouncilId,
};

/// Writes the section on predecessors and successors, where there are any.
pub fn write(html: &mut Html, about: About<'_>) {
    let register = about.edition.register();
    let before: Vec<_> = register.predecessors(about.council).collect();
    let after: Vec<_> = register.successors(about.council).collect();
    if before.is_empty() && after.is_empty() {
        return;
    }
    html.part("section", "lineage", |html| {
        html.element("h3", "Before and after");
        if !before.is_empty() {
            html.element("p", &format!("It took over on 1 April {} from:", about.council.first_year.begins()));
            list(html, about, &before);
        }
        if let Some(last) = about.council.last_year {
            html.element("p", &format!("It came to an end on 31 March {}. In its place:", last.key()));
            list(html, about, &after);
        }
        html.classed("p", "base", "Figures of different councils are never added up here.");
    });
}

fn list(html: &mut Html, about: About<'_>, councils: &[(CouncilId, &Council)]) {
    html.within("ul", &[], |html| {
        for (id, council) in councils {
            html.within("li", &[], |html| {
                html.link(&(about.link)(*id), &council.name);
                if let Some(last) = council.last_year {
                    html.text(&format!(" (until 31 March {})", last.key()));
                }
            });
        }
    });
}

/// Writes the section on public reports, as they are cited.
pub fn reports(html: &mut Html, about: About<'_>) {
    html.part("section", "reports", |html| {
        html.element("h3", "Public reports");
        let mut reports = about.edition.reports_on(about.id).peekable();
        if reports.peek().is_none() {
            html.element("p", "This edition cites none.");
        } else {
            html.element("p", "Among others:");
            html.within("ul", &[], |html| {
                for report in reports {
                    html.within("li", &[], |html| {
                        html.element("cite", &report.title)
                            .text(", cited on ")
                            .link(&report.source, "the Ombudsman’s page");
                    });
                }
            });
        }
        html.part("p", "base", |html| {
            html.link(&about.council.ombudsman_page(OmbudsmanPage::Reports), "Public reports, at the Ombudsman");
        });
    });
}
