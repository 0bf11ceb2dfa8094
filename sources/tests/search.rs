//! The search over the councils that are shipped: what people type, and the council that they mean.

#![allow(clippy::expect_used, reason = "a test stops at the first thing that is not as it should be")]

use upheld_domain::{
    council::Council,
    register::Register,
    search::{Hit, Index, Why},
};
use upheld_sources::councils;

/// How many the page offers.
const OFFERED: usize = 10;

struct Search {
    register: Register,
    index: Index,
}

impl Search {
    fn new() -> Self {
        let councils = councils::read("councils.csv", include_bytes!("../../data/councils.csv"));
        let councils = councils.complete().expect("the shipped register is sound");
        let register = Register::new(councils.into_iter().map(|row| row.value.council).collect()).expect("sound");
        let index = Index::new(&register);
        Self { register, index }
    }

    fn hits(&self, typed: &str) -> Vec<Hit> {
        self.index.find(&self.register, typed, OFFERED)
    }

    fn council(&self, hit: &Hit) -> &Council {
        self.register.get(hit.id).expect("of the same register")
    }

    fn slugs(&self, typed: &str) -> Vec<String> {
        self.hits(typed).iter().map(|hit| self.council(hit).slug.to_string()).collect()
    }
}

/// What is typed, and which councils come first, in their order.
const MEANT: &[(&str, &[&str])] = &[
    // Said for short, or as people say it.
    ("brum", &["birmingham-city-council"]),
    ("b'ham", &["birmingham-city-council"]),
    ("B’HAM", &["birmingham-city-council"]),
    ("bham", &["birmingham-city-council"]),
    ("herts", &["hertfordshire-county-council"]),
    ("herts cc", &["hertfordshire-county-council"]),
    ("east herts", &["east-hertfordshire-district-council"]),
    ("the wirral", &["wirral-metropolitan-borough-council"]),
    ("st helens", &["st-helens-metropolitan-borough-council"]),
    ("St. Helen's", &["st-helens-metropolitan-borough-council"]),
    ("saint helens", &["st-helens-metropolitan-borough-council"]),
    ("kings lynn", &["borough-council-of-kings-lynn-and-west-norfolk"]),
    ("King's Lynn", &["borough-council-of-kings-lynn-and-west-norfolk"]),
    ("king’s lynn", &["borough-council-of-kings-lynn-and-west-norfolk"]),
    ("stoke", &["stoke-on-trent-city-council"]),
    ("hull", &["hull-city-council"]),
    ("bristol", &["bristol-city-council"]),
    ("newcastle", &["newcastle-upon-tyne-city-council"]),
    ("westminster", &["westminster-city-council"]),
    ("the city of london", &["city-of-london"]),
    ("Middlesboro", &["middlesbrough-borough-council"]),
    ("tower hamlets", &["london-borough-of-tower-hamlets"]),
    ("hammersmith", &["london-borough-of-hammersmith-fulham"]),
    ("brighton", &["brighton-hove-city-council"]),
    ("brighton & hove", &["brighton-hove-city-council"]),
    ("bournemouth", &["bournemouth-borough-council", "bournemouth-christchurch-and-poole-council"]),
    ("bcp", &["bournemouth-christchurch-and-poole-council"]),
    // Former councils lead to themselves, and to what stands in their place.
    ("shepway", &["folkestone-and-hythe-district-council"]),
    ("northampton", &["northampton-borough-council", "west-northamptonshire-council"]),
    ("allerdale", &["allerdale-borough-council", "cumberland-council"]),
    ("cumbria", &["cumbria-county-council", "cumberland-council", "westmorland-and-furness-council"]),
    ("harrogate", &["harrogate-borough-council", "north-yorkshire-council"]),
    // Counties that have no council of their own: all that share them, by the alphabet.
    (
        "greater manchester",
        &[
            "bolton-metropolitan-borough-council",
            "bury-metropolitan-borough-council",
            "manchester-city-council",
            "oldham-metropolitan-borough-council",
            "rochdale-metropolitan-borough-council",
            "salford-city-council",
            "stockport-metropolitan-borough-council",
            "tameside-metropolitan-borough-council",
            "trafford-metropolitan-borough-council",
            "wigan-metropolitan-borough-council",
        ],
    ),
    (
        "Merseyside",
        &[
            "knowsley-metropolitan-borough-council",
            "liverpool-city-council",
            "sefton-metropolitan-borough-council",
            "st-helens-metropolitan-borough-council",
            "wirral-metropolitan-borough-council",
        ],
    ),
    ("humberside", &["east-riding-of-yorkshire-council", "hull-city-council"]),
    ("berkshire", &["bracknell-forest-council", "reading-borough-council", "slough-borough-council"]),
    ("bedfordshire", &["bedford-borough-council", "central-bedfordshire-council", "luton-borough-council"]),
    ("avon", &["bath-and-north-east-somerset-council", "bristol-city-council"]),
    ("manchester", &["manchester-city-council"]),
    // Misspelt.
    ("lutno", &["luton-borough-council"]),
    ("birmigham", &["birmingham-city-council"]),
    ("leister city", &["leicester-city-council"]),
    ("middlesborough", &["middlesbrough-borough-council"]),
    ("gatehead", &["gateshead-metropolitan-borough-council"]),
    ("worchester", &["worcester-city-council"]),
    ("scarboro", &["scarborough-borough-council", "north-yorkshire-council"]),
    ("wolverhamton", &["city-of-wolverhampton-council"]),
    ("buckingamshire", &["buckinghamshire-council"]),
    ("glouster", &["gloucester-city-council"]),
    ("northamtonshire", &["northamptonshire-county-council"]),
    ("leister", &["leicester-city-council"]),
    ("tunbridge wels", &["tunbridge-wells-borough-council"]),
    ("kensinton and chelsea", &["royal-borough-of-kensington-and-chelsea"]),
    ("richmond", &["london-borough-of-richmond-upon-thames"]),
    ("milton keens", &["milton-keynes-city-council"]),
    // With more words than a name has.
    ("leeds housing complaint", &["leeds-city-council"]),
    ("who runs wigan", &["wigan-metropolitan-borough-council"]),
    ("wigan lancs", &["wigan-metropolitan-borough-council"]),
    ("parking hull", &["hull-city-council"]),
    ("parking fine leeds", &["leeds-city-council"]),
    ("milton keens", &["milton-keynes-city-council"]),
    ("my bins in east herts", &["east-hertfordshire-district-council"]),
];

/// What nobody is called, whatever the likeness.
const NOBODY: &[&str] = &[
    "zzxqyv",
    "zzxqyv council",
    "the council",
    "of",
    "qq zz",
    "12",
    "complaint",
    "xx county",
    "planning department",
    "children and families",
    "12 High Street",
    "a b c d",
];

#[test]
fn what_nobody_is_called_finds_nobody() {
    let search = Search::new();
    for typed in NOBODY {
        // Kinds alone are about the kind: they may find many, and none in particular.
        let found = search.slugs(typed);
        assert!(found.is_empty() || found.len() == OFFERED, "“{typed}”: {found:?}");
    }
}

#[test]
fn what_people_type_leads_to_the_council_that_they_mean() {
    let search = Search::new();
    let mut wrong = Vec::new();
    for (typed, meant) in MEANT {
        let found = search.slugs(typed);
        if !found.iter().zip(*meant).all(|(found, meant)| found == meant) || found.len() < meant.len() {
            wrong.push(format!("“{typed}”: {found:?} in place of {meant:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_council_comes_first_under_its_own_name_in_any_case_and_without_marks() {
    let search = Search::new();
    for (id, council) in search.register.iter() {
        let plain: String = council.name.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect();
        for typed in [council.name.clone(), council.name.to_uppercase(), council.name.to_lowercase(), plain] {
            let first = search.hits(&typed).first().map(|hit| hit.id);
            let first = first.and_then(|first| search.register.get(first)).map(|first| first.name.as_str());
            // Two of one name followed each other (the county, and what replaced it).
            assert_eq!(first, Some(council.name.as_str()), "“{typed}” of {id:?}");
        }
    }
}

#[test]
fn every_council_is_offered_under_each_of_its_names_with_what_tells_it_from_others() {
    let search = Search::new();
    for (id, council) in search.register.iter() {
        for name in council.aliases.iter().chain([&council.short_name]) {
            let hits = search.hits(name);
            let hit = hits.iter().find(|hit| hit.id == id);
            let found: Vec<_> = hits.iter().map(|hit| &search.council(hit).name).collect();
            assert!(hit.is_some(), "“{name}” finds {found:?}, not {}", council.name);
            if let Some(Hit { why: Why::Alias(said) | Why::Former(said), .. }) = hit {
                assert!(!said.is_empty(), "“{name}”");
            }
        }
    }
}

#[test]
fn county_and_district_of_one_name_are_told_apart_by_type_and_place() {
    let search = Search::new();
    for (typed, first) in [
        ("leicester county", "leicestershire-county-council"),
        ("leicestershire", "leicestershire-county-council"),
        ("leicester city", "leicester-city-council"),
        ("durham", "durham-county-council"),
        ("lancaster", "lancaster-city-council"),
        ("lancashire", "lancashire-county-council"),
        ("nottingham", "nottingham-city-council"),
        ("notts", "nottinghamshire-county-council"),
        ("oxford", "oxford-city-council"),
        ("oxfordshire", "oxfordshire-county-council"),
        ("gloucester", "gloucester-city-council"),
        ("glos", "gloucestershire-county-council"),
        ("cambridge", "cambridge-city-council"),
        ("cambs", "cambridgeshire-county-council"),
        ("warwick", "warwick-district-council"),
        ("warwickshire", "warwickshire-county-council"),
    ] {
        assert_eq!(search.slugs(typed).first().map(String::as_str), Some(first), "“{typed}”");
    }
    // What stands below a name says which is which: no two options of a list read alike.
    for (_, council) in search.register.iter() {
        let mut seen = Vec::new();
        for hit in search.hits(&council.short_name) {
            let of = search.council(&hit);
            let line = (of.name.clone(), of.council_type, of.region, of.last_year);
            assert!(!seen.contains(&line), "“{}” offers two that read {line:?}", council.short_name);
            seen.push(line);
        }
    }
}

/// `name` with one slip of the keyboard at `at`: a letter left out, doubled, swapped with the next, or another in its place.
fn slips(name: &str, at: usize) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let (before, rest) = letters.split_at(at);
    let [here, after @ ..] = rest else { return Vec::new() };
    let join = |middle: &[char], after: &[char]| [before, middle, after].concat().into_iter().collect::<String>();
    let mut slips = vec![join(&[], after), join(&[*here, *here], after), join(&['x'], after)];
    if let [next, after @ ..] = after {
        slips.push(join(&[*next, *here], after));
    }
    slips
}

#[test]
fn a_name_with_one_slip_in_a_long_word_still_finds_its_council() {
    let search = Search::new();
    let (mut tried, mut missed) = (0_u32, Vec::new());
    for (id, council) in search.register.iter().filter(|(_, council)| council.last_year.is_none()) {
        let name = council.short_name.to_lowercase();
        let mut at = 0;
        for word in name.split([' ', '-']) {
            // Of a short word a slip makes another.
            if word.len() >= 5 && word.is_ascii() {
                // The first letter is the one that people get right.
                for place in at + 1..at + word.len() {
                    for typed in slips(&name, place) {
                        tried += 1;
                        if !search.hits(&typed).iter().any(|hit| hit.id == id) {
                            missed.push(format!("“{typed}” for {name}"));
                        }
                    }
                }
            }
            at += word.len() + 1;
        }
    }
    assert!(tried > 5_000, "{tried}");
    assert!(
        missed.is_empty(),
        "{} of {tried}: {}",
        missed.len(),
        missed.iter().take(20).cloned().collect::<Vec<_>>().join(", ")
    );
}
