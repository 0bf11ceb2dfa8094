//! Bodies within the Ombudsman's jurisdiction that are no councils of the five types.

use upheld_domain::search::words;

/// The kinds of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// A national park authority, or the Broads Authority.
    NationalPark,
    /// A combined authority, or a combined county authority.
    CombinedAuthority,
    /// The Greater London Authority.
    GreaterLondonAuthority,
    /// A fire and rescue service.
    Fire,
    /// A police body.
    Police,
    /// A school, an academy, a college, or an appeals panel of one.
    School,
    /// A transport body.
    Transport,
    /// A drainage board.
    DrainageBoard,
    /// A housing association or the like.
    Housing,
    /// A waste authority.
    Waste,
    /// A town, parish or community council.
    Parish,
    /// A body of the health service.
    Health,
    /// A company: mostly a provider of care.
    Company,
    /// Another public body.
    Other,
    /// What a decision in `data/name_decisions.csv` says is no council.
    Decided,
}

impl BodyKind {
    /// In words, several of them.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NationalPark => "national parks",
            Self::CombinedAuthority => "combined authorities",
            Self::GreaterLondonAuthority => "the Greater London Authority",
            Self::Fire => "fire and rescue authorities",
            Self::Police => "police bodies",
            Self::School => "schools and academies",
            Self::Transport => "transport bodies",
            Self::DrainageBoard => "drainage boards",
            Self::Housing => "housing associations",
            Self::Waste => "waste authorities",
            Self::Parish => "town and parish councils",
            Self::Health => "bodies of the health service",
            Self::Company => "companies",
            Self::Other => "other public bodies",
            Self::Decided => "bodies decided to be no councils",
        }
    }

    /// What kind of body `name` is by its words; none where it may be a council.
    ///
    /// ```
    /// use upheld_sources::council_names::BodyKind;
    /// assert_eq!(BodyKind::of("Peak District National Park Authority"), Some(BodyKind::NationalPark));
    /// assert_eq!(BodyKind::of("Derbyshire Dales District Council"), None);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let words: Vec<String> = words(name).into_iter().map(|(word, _)| word).take(24).collect();
        let text = format!(" {} ", words.join(" "));
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
        KINDS.iter().find(|(_, phrases)| says(phrases)).map(|(kind, _)| *kind)
    }
}

/// What the names of each kind say, the first that fits decides.
const KINDS: [(BodyKind, &[&str]); 14] = [
    (BodyKind::NationalPark, &["national park", "national parks", "broads authority"]),
    (BodyKind::CombinedAuthority, &["combined authority", "combined county authority", "city region"]),
    (BodyKind::GreaterLondonAuthority, &["greater london authority", "london assembly"]),
    (BodyKind::Fire, &["fire", "fire and rescue", "rescue"]),
    (BodyKind::Police, &["police", "crime commissioner", "constabulary"]),
    (
        BodyKind::School,
        &[
            "school",
            "schools",
            "academy",
            "academies",
            "college",
            "academy trust",
            "multi academy",
            "diocese",
            "diocesan",
        ],
    ),
    (
        BodyKind::Transport,
        &[
            "transport",
            "transport for",
            "passenger transport",
            "nexus",
            "merseytravel",
            "rail",
            "bridge board",
            "tolls",
        ],
    ),
    (BodyKind::DrainageBoard, &["drainage board", "internal drainage", "drainage commissioners"]),
    (
        BodyKind::Housing,
        &["housing", "homes", "housing association", "housing trust", "housing group", "almshouse", "almshouses"],
    ),
    (BodyKind::Waste, &["waste", "waste authority", "waste disposal"]),
    (
        BodyKind::Parish,
        &["parish council", "town council", "parish", "community council", "parish meeting", "neighbourhood council"],
    ),
    (BodyKind::Health, &["nhs", "hospital", "hospitals", "health", "clinical", "integrated care"]),
    (
        BodyKind::Company,
        &["ltd", "limited", "llp", "plc", "care home", "nursing home", "homecare", "healthcare", "services"],
    ),
    (
        BodyKind::Other,
        &[
            "pension",
            "pensions",
            "tribunal",
            "commission",
            "agency",
            "conservancy",
            "conservation board",
            "joint committee",
            "partnership",
            "development corporation",
            "ombudsman",
            "inspectorate",
            "cemetery",
            "crematorium",
            "museum",
            "museums",
            "harbour",
            "national trust",
            "lee valley regional park",
            "park authority",
        ],
    ),
];
