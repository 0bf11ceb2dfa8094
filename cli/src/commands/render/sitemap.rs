//! What search engines are told of the site as a whole: robots.txt, and sitemap.xml where the host is known.

use super::site::Site;
use std::fmt::Write as _;
use upheld_pages::html::escaped;

/// `sitemap.xml` (sitemaps.org): the pages at `paths` below the root, last changed on `date`. None where the host is not known, as it must
/// name whole addresses.
pub(super) fn sitemap<'a>(site: Site<'_>, date: &str, paths: impl Iterator<Item = &'a str>) -> Option<String> {
    site.host?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        let (address, date) = (escaped(&site.address(path)), escaped(date));
        // Writing into a text never fails.
        let _ = writeln!(xml, "<url><loc>{address}</loc><lastmod>{date}</lastmod></url>");
    }
    Some(xml + "</urlset>\n")
}

/// `robots.txt` (RFC 9309): everything may be read. Cards to be framed say themselves that they are not to be listed, which only
/// those learn who may read them.
pub(super) fn robots(site: Site<'_>) -> String {
    let sitemap = site.whole("sitemap.xml").map(|address| format!("\nSitemap: {address}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_names_whole_addresses_and_there_is_none_without_a_host() {
        let host = "https://example.org".parse().unwrap();
        let known = Site { host: Some(&host), path: "/" };
        let xml = sitemap(known, "2026-11-23", ["", "table/"].into_iter()).unwrap();
        assert!(xml.contains("<url><loc>https://example.org/</loc><lastmod>2026-11-23</lastmod></url>\n"), "{xml}");
        assert_eq!(xml.matches("<loc>").count(), 2);
        assert!(robots(known).ends_with("\nSitemap: https://example.org/sitemap.xml\n"));
        let unknown = Site { host: None, path: "/" };
        assert_eq!(sitemap(unknown, "2026-11-23", [""].into_iter()), None);
        assert_eq!(robots(unknown), "User-agent: *\nAllow: /\n");
    }
}
