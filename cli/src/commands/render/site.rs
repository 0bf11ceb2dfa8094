//! Where the site will lie, as far as that is known: what is read away from it (by search engines, in messages) needs whole addresses.

use std::str::FromStr;

/// A host with its scheme, without a path: `https://example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host(String);

/// What is wrong with a host.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HostError {
    #[error("it must begin with https:// or http://")]
    Scheme,
    #[error("it must be a host alone, as https://example.org; the path goes into --public-url")]
    NotAlone,
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(HostError::Scheme)?;
        let belongs = |letter: char| letter.is_ascii_alphanumeric() || ['.', '-', ':', '[', ']'].contains(&letter);
        if rest.is_empty() || !rest.chars().all(belongs) { Err(HostError::NotAlone) } else { Ok(Self(text.to_owned())) }
    }
}

/// The address of the root of the site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    /// Its host, where that is known.
    pub(super) host: Option<&'a Host>,
    /// Its path there, with a slash at its end.
    pub(super) path: &'a str,
}

impl Site<'_> {
    /// The whole address of what lies at `place` below the root; none where the host is not known.
    pub(super) fn whole(&self, place: &str) -> Option<String> {
        self.host.map(|Host(host)| format!("{host}{}{place}", self.path))
    }

    /// The same, or else relative to the root, which every page names as its base.
    pub(super) fn address(&self, place: &str) -> String {
        let relative = || if place.is_empty() { "./".to_owned() } else { place.to_owned() };
        self.whole(place).unwrap_or_else(relative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_or_addresses_are_relative_to_the_root() {
        let host: Host = "https://example.org/".parse().unwrap();
        let site = Site { host: Some(&host), path: "/upheld/" };
        assert_eq!(site.address("table/"), "https://example.org/upheld/table/");
        assert_eq!(site.whole("").as_deref(), Some("https://example.org/upheld/"));
        let site = Site { host: None, path: "/upheld/" };
        assert_eq!(
            (site.address(""), site.address("table/"), site.whole("")),
            ("./".to_owned(), "table/".to_owned(), None)
        );
    }

    #[test]
    fn what_is_no_host_alone_is_refused() {
        for good in ["https://example.org", "http://localhost:8080/", "https://[::1]"] {
            assert!(good.parse::<Host>().is_ok(), "{good}");
        }
        for bad in [
            "example.org",
            "ftp://example.org",
            "https://",
            "https://example.org/upheld/",
            "https://a?b",
            "https://a b",
        ] {
            assert!(bad.parse::<Host>().is_err(), "{bad}");
        }
    }
}
