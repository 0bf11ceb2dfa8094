//! Search: finds councils by what a reader types, official or not, complete or not, spelled well or not.
//!
//! Hits are ordered by how the query meets the council's names, the first of:
//!
//! 1. it is the official name;
//! 2. it is the name without the words that only say the kind of council ("Luton", "devon cc");
//! 3. it is another name, a former name or a place ("Brum", "Shepway"), or the name with its county shortened;
//! 4. the name begins so ("cam", "bath");
//! 5. it is a word of the name, then the beginning of one ("dorset" in West Dorset);
//! 6. it says nothing but the kind of council ("london borough");
//! 7. it is part of another name;
//! 8. one of these with a slip of the keyboard.
//!
//! Where all that is typed finds nothing, a part of it may: "leeds housing complaint" finds Leeds.
//!
//! A kind that the council is not ("Leicester county council" for the city) sets it back behind names that
//! begin so. Among equals, councils that exist come before former ones, then counties and single-tier councils before
//! districts (more people look for them, and for more of what is complained about), then the alphabet decides.
//! Right behind a former council come those that stand in its place today.

pub use crate::postcode::looks_like_postcode;

use crate::{
    council::{Council, CouncilType},
    order::sorted,
    register::{CouncilId, Register},
};

/// A council that a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The council.
    pub id: CouncilId,
    /// Why it was found.
    pub why: Why,
}

/// Why a council was found, so that a page can say so where its name does not.
///
/// ```
/// use upheld_domain::{register::Register, search::Why};
/// fn reason(register: &Register, why: &Why) -> String {
///     match why {
///         Why::Name => String::new(),
///         Why::Alias(name) => name.clone(),
///         Why::Former(name) => format!("formerly {name}"),
///         Why::Part(words) => format!("only “{words}” of what was typed"),
///         Why::SuccessorOf(id) => register.get(*id).map_or_else(String::new, |c| format!("took over from {}", c.name)),
///     }
/// }
/// assert_eq!(reason(&Register::default(), &Why::Former("Shepway".into())), "formerly Shepway");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// By its own name.
    Name,
    /// By another name or a place in it, as the register writes it.
    Alias(String),
    /// By a name that it had before, as the register writes it.
    Former(String),
    /// It stands today in the place of this council, which was found.
    SuccessorOf(CouncilId),
    /// Only by these of the words that were typed: all of them find nothing.
    Part(String),
}

/// The names of a register, made ready to be searched. Built once.
///
/// ```
/// # let councils = r#"[
/// #     {"code": "E06000032", "slug": "luton-borough-council", "name": "Luton Borough Council", "short": "Luton",
/// #      "type": "unitary", "region": "East of England", "first": 2014},
/// #     {"code": "E06000062", "slug": "west-northamptonshire-council", "name": "West Northamptonshire Council",
/// #      "short": "West Northamptonshire", "type": "unitary", "region": "East Midlands", "first": 2022},
/// #     {"code": "E07000154", "slug": "northampton-borough-council", "name": "Northampton Borough Council",
/// #      "short": "Northampton", "type": "district", "region": "East Midlands", "first": 2014, "last": 2021,
/// #      "successors": ["E06000062"]}]"#;
/// use upheld_domain::{register::Register, search::{Index, Why}};
/// let register = Register::new(serde_json::from_str(councils)?)?;
/// let index = Index::new(&register);
///
/// let luton = index.find(&register, "lutno", 5);
/// assert_eq!(register.get(luton[0].id).unwrap().name, "Luton Borough Council");
///
/// let hits = index.find(&register, "northampton", 5);
/// assert_eq!(register.get(hits[0].id).unwrap().name, "Northampton Borough Council");
/// assert_eq!(register.get(hits[1].id).unwrap().name, "West Northamptonshire Council");
/// assert_eq!(hits[1].why, Why::SuccessorOf(hits[0].id));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Index {
    /// Every word of every name, once.
    vocabulary: Vec<Word>,
    /// In the register's order.
    entries: Vec<Entry>,
}

impl Index {
    /// The index of `register`.
    ///
    /// ```
    /// use upheld_domain::{register::Register, search::Index};
    /// let register = Register::default();
    /// assert_eq!(Index::new(&register).find(&register, "luton", 5), []);
    /// ```
    #[must_use]
    pub fn new(register: &Register) -> Self {
        let names: Vec<_> = register.iter().map(|(id, council)| (&council.short_name, &council.name, id)).collect();
        let alphabet = sorted(&names, &|one, other| one.cmp(other));
        let place = |id| alphabet.iter().position(|(_, _, other)| *other == id).unwrap_or_default();
        let mut words = Vocabulary::default();
        let entries = register.iter().map(|(id, council)| Entry {
            id,
            phrases: phrases(council, &mut words),
            kinds: kinds(council),
            former: council.last_year.is_some(),
            lower: council.council_type == CouncilType::District,
            place: place(id),
            heirs: {
                let heirs = if council.last_year.is_some() { register.today(id) } else { Vec::new() };
                sorted(&heirs, &|one, other| place(*one).cmp(&place(*other)))
            },
        });
        let entries = entries.collect();
        Self { vocabulary: words.words, entries }
    }

    /// At most `limit` councils that `query` may mean, the likeliest first, each once; none for a query
    /// without a letter or digit. `register` is the one that the index was built of.
    ///
    /// ```
    /// # use upheld_domain::{register::Register, search::Index};
    /// # let council = r#"[{"code": "E06000014", "slug": "city-of-york-council", "name": "City of York Council",
    /// #     "short": "York", "type": "unitary", "region": "Yorkshire and The Humber", "first": 2014}]"#;
    /// # let register = Register::new(serde_json::from_str(council)?)?;
    /// # let index = Index::new(&register);
    /// for query in ["york", " YORK ", "yor", "york city council"] {
    ///     assert_eq!(index.find(&register, query, 8).len(), 1);
    /// }
    /// assert!(index.find(&register, " ", 8).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn find(&self, register: &Register, query: &str, limit: usize) -> Vec<Hit> {
        // No name has half as many words; a page pasted by accident is not worth more.
        let typed: Vec<String> = words(query).into_iter().map(|(word, _)| word).take(16).collect();
        let mut found = self.found(&typed);
        let mut part = None;
        if found.is_empty()
            && let Some((words, by_part)) = self.found_in_part(&typed)
        {
            (found, part) = (by_part, Some(words));
        }
        let found = sorted(&found, &|one, other| one.rank.cmp(&other.rank));

        let mut hits: Vec<Hit> = Vec::new();
        for council in &found {
            if hits.len() >= limit {
                break;
            }
            if hits.iter().all(|hit| hit.id != council.entry.id) {
                let why = part.as_ref().map_or_else(|| council.why(register), |words| Why::Part(words.clone()));
                hits.push(Hit { id: council.entry.id, why });
            }
            for heir in &council.entry.heirs {
                if hits.iter().all(|hit| hit.id != *heir) {
                    let by_name = found.iter().any(|found| found.entry.id == *heir && found.by_name);
                    let why = if by_name { Why::Name } else { Why::SuccessorOf(council.entry.id) };
                    hits.push(Hit { id: *heir, why });
                }
            }
        }
        hits.truncate(limit);
        hits
    }

    /// What all of the words `typed` find, in no order.
    fn found(&self, typed: &[String]) -> Vec<Found<'_>> {
        let Some(query) = Query::new(typed, &self.vocabulary) else { return Vec::new() };
        let mut found: Vec<_> = self.entries.iter().filter_map(|entry| self.best(&query, entry)).collect();
        // Where the query reads as it stands, only a single slip in a council's own name is thought of besides.
        if found.iter().any(|found| found.class < MISTYPED) {
            found.retain(|found| found.class <= MISTYPED || found.class == ANY_KIND);
        }
        found
    }

    /// What some of the words `typed`, in a row, find by a council's own name, and which words: as many as find something. A reader may say more than a name:
    /// "leeds housing complaint", "who runs wigan".
    fn found_in_part(&self, typed: &[String]) -> Option<(String, Vec<Found<'_>>)> {
        // A longer text is no search for a council.
        let typed = typed.get(..typed.len().min(8))?;
        let lengths = (1..typed.len()).rev();
        lengths.flat_map(|length| typed.windows(length)).find_map(|part| {
            // Words for kinds fit too much to be meant by themselves.
            if part.iter().all(|word| word.len() < 3 || kind(word).is_some()) {
                return None;
            }
            let words = part.join(" ");
            let mut found = self.found(part);
            found.retain(|found| found.source == Source::Name);
            let whole = |found: &Found<'_>| [OFFICIAL, NAME, ALIAS_IN_WORDS].contains(&found.class);
            if found.iter().any(whole) {
                found.retain(whole);
            } else {
                // The beginning of a name that few have: "milton", and not "north" or "high".
                found.retain(|found| found.class == BEGINS && words.len() > 4);
                if found.len() > 2 {
                    return None;
                }
            }
            (!found.is_empty()).then_some((words, found))
        })
    }

    /// The best way in which `query` finds the council of `entry`, if it does.
    fn best<'a>(&self, query: &Query, entry: &'a Entry) -> Option<Found<'a>> {
        let mut best: Option<Found<'a>> = None;
        let mut by_name = false;
        for phrase in &entry.phrases {
            let Some((rank, class)) = self.rank(query, entry, phrase) else { continue };
            by_name |= phrase.source == Source::Name && class <= WORD;
            if best.as_ref().is_none_or(|best| rank < best.rank) {
                best = Some(Found { rank, class, by_name: false, entry, source: phrase.source });
            }
        }
        best.map(|best| Found { by_name, ..best })
    }

    /// How `query` meets `phrase`, one of the names of `entry`, with its class before it is set back for a
    /// kind that the council is not.
    fn rank(&self, query: &Query, entry: &Entry, phrase: &Phrase) -> Option<(Rank, u8)> {
        let named = phrase.source == Source::Name;
        let met = Meeting::of(query, entry, phrase);
        let met = met.and_then(|met| Some((met.class(query, phrase)?, met.left(phrase), met.unfit, met.set_back)));
        let (class, left, unfit, set_back) = match (self.run(&query.joined, &phrase.tokens), met) {
            // The name as it stands: whatever kind it says is its own.
            (Some(Run::Whole), _) if phrase.official => (OFFICIAL, 0, 0, false),
            (Some(Run::Whole), _) => (if named { NAME } else { ALIAS }, 0, 0, false),
            (Some(Run::Begun), Some((class, ..))) if named && class > BEGINS_OPEN => (BEGINS_OPEN, 0, 0, false),
            (Some(Run::Begun), None) => (if named { BEGINS_OPEN } else { ALIAS_PART_OPEN }, 0, 0, false),
            (_, met) => met?,
        };
        let rank = Rank {
            class: if set_back { class + UNFIT } else { class },
            left: if class < MISTYPED { 0 } else { left },
            unfit,
            former: entry.former,
            lower: entry.lower,
            place: entry.place,
        };
        Some((rank, class))
    }

    /// Whether `joined`, a query without its spaces, is the words of a name in a row, or their beginning as
    /// far as a word that tells it from others.
    fn run(&self, joined: &str, tokens: &[Token]) -> Option<Run> {
        let mut rest = joined;
        let mut telling = false;
        for token in tokens {
            let word = self.vocabulary.get(token.word)?.text.as_str();
            if rest.is_empty() {
                return telling.then_some(Run::Begun);
            }
            telling |= token.telling;
            match rest.strip_prefix(word) {
                Some(after) => rest = after,
                None if word.starts_with(rest) => return telling.then_some(Run::Begun),
                None => return None,
            }
        }
        rest.is_empty().then_some(Run::Whole)
    }
}

// The classes of the module's introduction, best first, with room between them for what sets one back.
const OFFICIAL: u8 = 0;
const NAME: u8 = 10;
const ALIAS: u8 = 20;
/// Its words in another order, or with other words for the kind.
const ALIAS_IN_WORDS: u8 = 21;
/// Without what stands in brackets behind it: of two places of one name, the lesser.
const ALIAS_WITHOUT_BRACKETS: u8 = 22;
const BEGINS: u8 = 30;
const BEGINS_OPEN: u8 = 32;
const WORD: u8 = 40;
const WORD_OPEN: u8 = 50;
const KIND: u8 = 55;
const ALIAS_PART: u8 = 66;
const ALIAS_PART_OPEN: u8 = 68;
const MISTYPED: u8 = 70;
const BEGUN_MISTYPED: u8 = 80;
const ANY_KIND: u8 = 90;
/// How far a kind that the council is not sets it back: an exact name behind those that begin so.
const UNFIT: u8 = 25;

/// What orders the councils found: the earlier field decides, less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    class: u8,
    /// Telling words of the name that a mistyped query leaves out.
    left: usize,
    /// Words for a kind that the council is not.
    unfit: usize,
    former: bool,
    lower: bool,
    /// Its place in the alphabet, which no other council has.
    place: usize,
}

#[derive(Debug, Clone)]
struct Found<'a> {
    rank: Rank,
    class: u8,
    /// Whether the reader sees in the council's own name why it was found.
    by_name: bool,
    entry: &'a Entry,
    source: Source,
}

impl Found<'_> {
    fn why(&self, register: &Register) -> Why {
        let alias = |place: usize| register.get(self.entry.id)?.aliases.get(place).cloned();
        let why = match self.source {
            Source::Former(place) => alias(place).map(Why::Former),
            // Where the council's name says it too, no other is given.
            Source::Alias(place) if !self.by_name => alias(place).map(Why::Alias),
            Source::Alias(_) | Source::Name => None,
        };
        why.unwrap_or(Why::Name)
    }
}

#[derive(Debug, Clone)]
struct Entry {
    id: CouncilId,
    phrases: Vec<Phrase>,
    /// What kinds of council it can be called.
    kinds: u32,
    former: bool,
    lower: bool,
    place: usize,
    /// For a former council those that stand in its place today, by the alphabet.
    heirs: Vec<CouncilId>,
}

/// A name under which a council is found.
#[derive(Debug, Clone)]
struct Phrase {
    source: Source,
    official: bool,
    tokens: Vec<Token>,
}

/// Where a name stands in the register; of the aliases, which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Name,
    Alias(usize),
    Former(usize),
}

/// A word, as it is compared.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// A bit for each letter that it has.
    letters: u32,
}

impl Word {
    fn new(text: String) -> Self {
        let letters = text.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31));
        Self { text, letters }
    }

    /// Whether `slips` of `typed` against this word can be within `allowed`: quick, and rarely so.
    const fn is_near(&self, typed: &Self, allowed: u8, open: bool) -> bool {
        let surplus = (typed.letters & !self.letters).count_ones();
        let missing = if open { 0 } else { (self.letters & !typed.letters).count_ones() };
        surplus <= allowed as u32 && missing <= allowed as u32
    }
}

/// A word of a name.
#[derive(Debug, Clone, Copy)]
struct Token {
    /// Its place in the vocabulary.
    word: usize,
    /// Whether it tells this name from others, and does not only say the kind of council.
    telling: bool,
    /// Whether it stands in brackets, to tell one place from another of its name.
    aside: bool,
    /// One bit, another for each word of a name.
    bit: u32,
}

#[derive(Debug, Clone, Copy)]
enum Run {
    Whole,
    Begun,
}

/// How a typed word meets a word of a name, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Shortened,
    Begun,
    Mistyped(u8),
    BegunMistyped(u8),
}

/// A typed word that can be taken for a kind of council.
#[derive(Debug, Clone, Copy)]
struct Kind {
    mask: u32,
    surety: Surety,
}

/// How sure it is that a word was meant for a kind, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Surety {
    Said,
    Begun,
    Mistyped,
}

#[derive(Debug)]
struct Query {
    /// The words that have to be met, the longest first, so that "n north" does not spend "North" on "n".
    words: Vec<Typed>,
    /// The words that only say a kind.
    kinds: Vec<u32>,
    /// Whether a word says a kind, and not just "of".
    says_kind: bool,
    /// All words, without spaces.
    joined: String,
}

#[derive(Debug)]
struct Typed {
    /// How it meets each word of the vocabulary.
    fits: Vec<Option<Fit>>,
    /// The kind that it may mean where it meets no word of a name.
    kind: Option<Kind>,
    /// Whether it is the first to be met.
    first: bool,
}

impl Query {
    fn new(typed: &[String], vocabulary: &[Word]) -> Option<Self> {
        let last = typed.len().checked_sub(1)?;
        // A query of kinds alone is about the kind: "london borough".
        let only_kinds = typed.iter().all(|word| kind(word).is_some());
        let says_kind = typed.iter().filter_map(|word| kind(word)).any(|mask| mask & TELLING != 0);
        let mut query = Self { words: Vec::new(), kinds: Vec::new(), says_kind, joined: typed.concat() };
        let mut asked = Vec::new();
        for (place, word) in typed.iter().enumerate() {
            match kind(word) {
                Some(mask) if !only_kinds => query.kinds.push(mask),
                _ => asked.push((word, place == last)),
            }
        }
        let asked: Vec<_> = asked.into_iter().zip((0..).map(|place| place == 0)).collect();
        let asked = sorted(&asked, &|((one, _), _), ((other, _), _)| other.len().cmp(&one.len()));
        query.words = asked
            .into_iter()
            .map(|((word, last), first)| {
                let typed = Word::new(word.clone());
                let long = SHORTENED.iter().find(|(short, _)| short == word).map(|(_, long)| *long);
                Typed {
                    fits: vocabulary.iter().map(|name| fit(&typed, long, name, last)).collect(),
                    kind: possible_kind(word, last),
                    first,
                }
            })
            .collect();
        Some(query)
    }
}

/// How the words of a query meet those of a name.
#[derive(Debug)]
struct Meeting {
    worst: Fit,
    slips: u8,
    /// The bits of the name's words that were met.
    used: u32,
    /// Whether the first word of the query met the first telling word of the name.
    begins: bool,
    /// Of the words taken for a kind, the least sure.
    surety: Surety,
    unfit: usize,
    set_back: bool,
}

impl Meeting {
    /// How the words of `query` meet those of `phrase`, in any order; none where one of them meets nothing.
    fn of(query: &Query, entry: &Entry, phrase: &Phrase) -> Option<Self> {
        let (used, begins, surety) = (0, false, Surety::Said);
        let mut meeting = Self { worst: Fit::Whole, slips: 0, used, begins, surety, unfit: 0, set_back: false };
        for mask in query.kinds.iter().filter(|mask| *mask & entry.kinds == 0) {
            meeting.unfit += 1;
            meeting.set_back |= mask & TELLING != 0;
        }
        for word in &query.words {
            let free = phrase.tokens.iter().filter(|token| token.bit & meeting.used == 0);
            let fits = free.filter_map(|token| Some((word.fits.get(token.word).copied()??, !token.telling, token.bit)));
            if let Some((fit, _, bit)) = fits.min() {
                let leading = phrase.tokens.iter().find(|token| token.telling);
                meeting.begins |= word.first && leading.is_some_and(|token| token.bit == bit);
                meeting.used |= bit;
                meeting.worst = meeting.worst.max(fit);
                meeting.slips = meeting.slips.saturating_add(fit.slips());
                continue;
            }
            let kind = word.kind?;
            meeting.surety = meeting.surety.max(kind.surety);
            if kind.mask & entry.kinds == 0 {
                if kind.surety != Surety::Mistyped {
                    return None;
                }
                meeting.unfit += 1;
                meeting.set_back = true;
            }
        }
        Some(meeting)
    }

    /// How many telling words of `phrase` were not met.
    fn left(&self, phrase: &Phrase) -> usize {
        phrase.tokens.iter().filter(|token| token.telling && token.bit & self.used == 0).count()
    }

    /// The class that it is of; none where nothing tells this council from others.
    fn class(&self, query: &Query, phrase: &Phrase) -> Option<u8> {
        let named = phrase.source == Source::Name;
        if phrase.tokens.iter().all(|token| !token.telling || token.bit & self.used == 0) {
            let sure = named && self.unfit == 0 && self.surety < Surety::Mistyped && self.worst <= Fit::Begun;
            return sure.then_some(if query.says_kind { KIND } else { ANY_KIND });
        }
        let whole = self.left(phrase) == 0;
        // What was taken for the beginning of a kind may yet become a word of another name.
        let begun = self.surety == Surety::Begun;
        let worst = if begun && !whole { self.worst.max(Fit::Begun) } else { self.worst };
        let slip = self.slips.saturating_sub(1).saturating_mul(4).saturating_add(if named { 0 } else { 2 }).min(9);
        let class = match worst {
            Fit::Whole if named && whole && begun => BEGINS,
            Fit::Whole if named && whole => NAME,
            Fit::Whole if whole && phrase.tokens.iter().any(|token| token.aside) => ALIAS_WITHOUT_BRACKETS,
            Fit::Whole | Fit::Shortened if whole => ALIAS_IN_WORDS,
            Fit::Whole if named && self.begins => BEGINS,
            Fit::Whole if named => WORD,
            Fit::Whole | Fit::Shortened => ALIAS_PART,
            Fit::Begun if named && self.begins => BEGINS_OPEN,
            Fit::Begun if named => WORD_OPEN,
            Fit::Begun => ALIAS_PART_OPEN,
            Fit::Mistyped(_) => MISTYPED + slip,
            Fit::BegunMistyped(_) => BEGUN_MISTYPED + slip,
        };
        Some(class + u8::from(begun))
    }
}

impl Fit {
    const fn slips(self) -> u8 {
        match self {
            Self::Whole | Self::Shortened | Self::Begun => 0,
            Self::Mistyped(slips) | Self::BegunMistyped(slips) => slips,
        }
    }
}

/// How `typed`, short for `long` if for anything, meets `word` of a name. Only the `last` word typed can be the
/// misspelled beginning of one.
fn fit(typed: &Word, long: Option<&str>, word: &Word, last: bool) -> Option<Fit> {
    if word.text.starts_with(&typed.text) {
        return Some(if word.text.len() == typed.text.len() { Fit::Whole } else { Fit::Begun });
    }
    if long.is_some_and(|long| long == word.text) {
        return Some(Fit::Shortened);
    }
    let allowed = slips_allowed(&typed.text);
    if allowed == 0 || word.text.len() < 4 || !word.is_near(typed, allowed, last) {
        return None;
    }
    let (typed, word) = (typed.text.as_bytes(), word.text.as_bytes());
    if let Some(slips) = slips(typed, word, allowed, false) {
        return Some(Fit::Mistyped(slips));
    }
    if last { slips(typed, word, allowed, true).map(Fit::BegunMistyped) } else { None }
}

/// How many slips a typed word may have.
fn slips_allowed(typed: &str) -> u8 {
    match typed.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// The least number of slips, a letter too many, too few, wrong, or two swapped, that make `typed` of `word`
/// (the optimal string alignment distance), or of a beginning of `word` where it is `open`; none above `allowed`.
fn slips(typed: &[u8], word: &[u8], allowed: u8, open: bool) -> Option<u8> {
    let longer = typed.len().saturating_sub(word.len());
    let shorter = if open { 0 } else { word.len().saturating_sub(typed.len()) };
    if longer.max(shorter) > usize::from(allowed) {
        return None;
    }
    match (typed, word) {
        ([], []) => Some(0),
        ([], _) if open => Some(0),
        ([a, typed @ ..], [b, word @ ..]) if a == b => slips(typed, word, allowed, open),
        _ => {
            let allowed = allowed.checked_sub(1)?;
            let (shorter_typed, shorter_word) = (typed.get(1..), word.get(1..));
            let surplus = shorter_typed.and_then(|typed| slips(typed, word, allowed, open));
            let missing = shorter_word.and_then(|word| slips(typed, word, allowed, open));
            let wrong = shorter_typed.zip(shorter_word).and_then(|(typed, word)| slips(typed, word, allowed, open));
            let swapped = match (typed, word) {
                ([a, b, typed @ ..], [c, d, word @ ..]) if a == d && b == c => slips(typed, word, allowed, open),
                _ => None,
            };
            [surplus, missing, wrong, swapped].into_iter().flatten().min().map(|slips| slips + 1)
        }
    }
}

/// Words that say what kind of council it is, or nothing: one bit each, in this order.
const KINDS: [&str; 17] = [
    "county",
    "district",
    "borough",
    "city",
    "metropolitan",
    "london",
    "royal",
    "unitary",
    "council",
    "of",
    "the",
    "and",
    "upon",
    "on",
    "in",
    "with",
    "under",
];
const COUNTY: u32 = 1;
const DISTRICT: u32 = 1 << 1;
const BOROUGH: u32 = 1 << 2;
const CITY: u32 = 1 << 3;
const METROPOLITAN: u32 = 1 << 4;
const LONDON: u32 = 1 << 5;
const ROYAL: u32 = 1 << 6;
const UNITARY: u32 = 1 << 7;
const COUNCIL: u32 = 1 << 8;
/// Those that do say a kind.
const TELLING: u32 = COUNCIL - 1;

/// How kinds are written for short: "Devon CC", "LB Newham".
const KINDS_SHORTENED: [(&str, u32); 10] = [
    ("cc", COUNTY | CITY),
    ("dc", DISTRICT),
    ("bc", BOROUGH),
    ("mbc", METROPOLITAN),
    ("mdc", METROPOLITAN),
    ("met", METROPOLITAN),
    ("lb", LONDON),
    ("lbc", LONDON),
    ("rb", ROYAL),
    ("ua", UNITARY),
];

/// How counties are written for short, and words of names.
const SHORTENED: [(&str, &str); 28] = [
    ("beds", "bedfordshire"),
    ("berks", "berkshire"),
    ("bucks", "buckinghamshire"),
    ("cambs", "cambridgeshire"),
    ("ches", "cheshire"),
    ("derbys", "derbyshire"),
    ("glos", "gloucestershire"),
    ("gloucs", "gloucestershire"),
    ("gt", "great"),
    ("hants", "hampshire"),
    ("heref", "herefordshire"),
    ("herts", "hertfordshire"),
    ("hunts", "huntingdonshire"),
    ("lancs", "lancashire"),
    ("leics", "leicestershire"),
    ("lincs", "lincolnshire"),
    ("northants", "northamptonshire"),
    ("northd", "northumberland"),
    ("notts", "nottinghamshire"),
    ("oxon", "oxfordshire"),
    ("salop", "shropshire"),
    ("som", "somerset"),
    ("staffs", "staffordshire"),
    ("warks", "warwickshire"),
    ("wilts", "wiltshire"),
    ("worcs", "worcestershire"),
    ("yks", "yorkshire"),
    ("yorks", "yorkshire"),
];

/// The kind that `word` says, if it says nothing else.
fn kind(word: &str) -> Option<u32> {
    let bits = (0..).map(|place| 1_u32 << place);
    let whole = KINDS.iter().zip(bits).find(|(kind, _)| **kind == word).map(|(_, bit)| bit);
    whole.or_else(|| KINDS_SHORTENED.iter().find(|(short, _)| *short == word).map(|(_, mask)| *mask))
}

/// The kind that `typed` may mean: said, begun where it is the `last` word, or mistyped.
fn possible_kind(typed: &str, last: bool) -> Option<Kind> {
    if let Some(mask) = kind(typed) {
        return Some(Kind { mask, surety: Surety::Said });
    }
    let masks = |means: &dyn Fn(&str) -> bool| {
        let bits = (0..).map(|place| 1_u32 << place);
        KINDS.iter().zip(bits).filter(|(kind, _)| means(kind)).fold(0, |mask, (_, bit)| mask | bit)
    };
    let begun = masks(&|kind| last && kind.starts_with(typed));
    if begun != 0 {
        return Some(Kind { mask: begun, surety: Surety::Begun });
    }
    let allowed = slips_allowed(typed);
    let mask = masks(&|kind| kind.len() >= 6 && slips(typed.as_bytes(), kind.as_bytes(), allowed, false).is_some());
    (mask != 0).then_some(Kind { mask, surety: Surety::Mistyped })
}

/// The kinds that `council` can be called: what its name says, and its type.
fn kinds(council: &Council) -> u32 {
    let said =
        words(&council.name).into_iter().filter_map(|(word, _)| kind(&word)).fold(COUNCIL, |mask, bit| mask | bit);
    said | match council.council_type {
        CouncilType::County => COUNTY,
        CouncilType::District => DISTRICT,
        CouncilType::Metropolitan => METROPOLITAN | BOROUGH,
        CouncilType::Unitary => UNITARY,
        CouncilType::London => LONDON | BOROUGH,
    }
}

/// The words of the names, each once, in the order in which they came.
#[derive(Default)]
struct Vocabulary {
    words: Vec<Word>,
    /// Their places, in the order of the words.
    sorted: Vec<usize>,
}

impl Vocabulary {
    /// The place of `word`, which is put in where it is not.
    fn place(&mut self, word: String) -> usize {
        let text = |place: &usize| self.words.get(*place).map(|word| word.text.as_str());
        match self.sorted.binary_search_by(|place| text(place).cmp(&Some(word.as_str()))) {
            Ok(at) => self.sorted.get(at).copied().unwrap_or_default(),
            Err(at) => {
                let place = self.words.len();
                self.words.push(Word::new(word));
                self.sorted.insert(at, place);
                place
            }
        }
    }
}

/// The names of `council`, their words put into `vocabulary`.
fn phrases(council: &Council, vocabulary: &mut Vocabulary) -> Vec<Phrase> {
    let former = council.note.strip_prefix("Called ").and_then(|note| before(note, " until "));
    let is_former = |alias: &str| {
        former.is_some_and(|former| {
            alias == former || (telling(alias) == telling(former) && telling(alias) != telling(&council.name))
        })
    };
    let aliases = council.aliases.iter().enumerate().map(|(place, alias)| {
        (alias.as_str(), if is_former(alias) { Source::Former(place) } else { Source::Alias(place) })
    });
    let names = [(council.name.as_str(), Source::Name), (council.short_name.as_str(), Source::Name)];
    let mut phrases: Vec<Phrase> = Vec::new();
    for (name, source) in names.into_iter().chain(aliases) {
        phrases.push(Phrase { source, official: phrases.is_empty(), tokens: tokens(name, vocabulary) });
    }
    phrases
}

/// What stands before the first `mark` in `text`. (The search of the standard library for one text in another is some
/// 3 KB of WebAssembly.)
fn before<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let mut places = (0..text.len())
        .filter(|place| text.as_bytes().get(*place..).is_some_and(|rest| rest.starts_with(mark.as_bytes())));
    text.get(..places.next()?)
}

fn tokens(name: &str, vocabulary: &mut Vocabulary) -> Vec<Token> {
    let bits = (0..u32::BITS).map(|place| 1_u32 << place);
    let tokens = words(name).into_iter().zip(bits).map(|((word, aside), bit)| {
        let telling = !aside && kind(&word).is_none();
        Token { word: vocabulary.place(word), telling, aside, bit }
    });
    let mut tokens: Vec<Token> = tokens.collect();
    // "City of London" has no words but kinds.
    if tokens.iter().all(|token| !token.telling) {
        for token in &mut tokens {
            token.telling = !token.aside;
        }
    }
    tokens
}

/// The words of `name` that do not only say a kind.
fn telling(name: &str) -> Vec<String> {
    words(name).into_iter().map(|(word, _)| word).filter(|word| kind(word).is_none()).collect()
}

/// The words of `text` as they are compared, each with whether it stands in brackets: in small letters without
/// accents and apostrophes, "&" as "and", "saint" as "st", and without a leading "the".
///
/// ```
/// # use upheld_domain::search::words;
/// assert_eq!(words("The Saint’s & Co (Kent)").into_iter().map(|(word, _)| word).collect::<Vec<_>>(), ["saints", "and", "co", "kent"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<(String, bool)> {
    let mut words: Vec<(String, bool)> = Vec::new();
    let (mut word, mut aside) = (String::new(), false);
    for character in text.chars().chain([' ']) {
        match fold(character) {
            _ if character.is_ascii_alphanumeric() => word.push(character.to_ascii_lowercase()),
            Some(letters) => word.push_str(letters),
            None => {
                if !word.is_empty() {
                    let word = std::mem::take(&mut word);
                    words.push((if word == "saint" { "st".to_owned() } else { word }, aside));
                }
                if character == '&' {
                    words.push(("and".to_owned(), aside));
                }
                aside = character == '(' || (aside && character != ')');
            }
        }
    }
    let leads = words.len() > 1 && words.first().is_some_and(|(word, _)| word == "the");
    if leads { words.split_off(1) } else { words }
}

/// What a character that is no plain letter, digit or separator stands for.
fn fold(character: char) -> Option<&'static str> {
    Some(match character {
        // Apostrophes, combining accents, and what has no width.
        '\''
        | '`'
        | '´'
        | '‘'
        | '’'
        | 'ʼ'
        | '′'
        | '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{feff}' => "",
        'à'..='å' | 'À'..='Å' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' => "c",
        'è'..='ë' | 'È'..='Ë' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' => "o",
        'œ' | 'Œ' => "oe",
        'ß' => "ss",
        'ù'..='ü' | 'Ù'..='Ü' => "u",
        'ŵ' | 'Ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'Ý' | 'Ŷ' => "y",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{council::FormerCode, year::ReportingYear};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// The register and its index, as they are in `data/councils.csv`.
    static ENGLAND: LazyLock<(Register, Index)> = LazyLock::new(|| {
        let councils = include_str!("../../data/councils.csv").lines().skip(1).map(council).collect();
        let register = Register::new(councils).unwrap();
        let index = Index::new(&register);
        (register, index)
    });

    fn council(row: &str) -> Council {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for character in row.chars() {
            match character {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                _ => cells.last_mut().unwrap().push(character),
            }
        }
        let codes = |text: &str| text.split_whitespace().map(|code| code.parse().unwrap()).collect();
        let year = |text: &str| text.parse::<u16>().ok().and_then(ReportingYear::ending);
        let former = cells[1].split_whitespace().map(|text| {
            let (code, until) = text.split_once(':').unwrap();
            FormerCode { code: code.parse().unwrap(), until: until.parse().unwrap() }
        });
        Council {
            code: cells[0].parse().unwrap(),
            former_codes: former.collect(),
            slug: cells[2].parse().unwrap(),
            name: cells[3].clone(),
            short_name: cells[4].clone(),
            aliases: cells[6].split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
            council_type: cells[7].parse().unwrap(),
            region: cells[9].parse().unwrap(),
            county: cells[10].parse().ok(),
            first_year: year(&cells[11]).unwrap(),
            last_year: year(&cells[12]),
            predecessors: codes(&cells[13]),
            successors: codes(&cells[14]),
            note: cells[15].clone(),
        }
    }

    fn find(query: &str, limit: usize) -> Vec<Hit> {
        ENGLAND.1.find(&ENGLAND.0, query, limit)
    }

    fn name(id: CouncilId) -> &'static str {
        &ENGLAND.0.get(id).unwrap().name
    }

    /// The names of the hits.
    fn names(query: &str, limit: usize) -> Vec<&'static str> {
        find(query, limit).into_iter().map(|hit| name(hit.id)).collect()
    }

    /// The first hit, and why.
    fn first(query: &str) -> (&'static str, Why) {
        let hit = find(query, 1).into_iter().next().unwrap_or_else(|| panic!("nothing for {query}"));
        (name(hit.id), hit.why)
    }

    #[test]
    fn a_council_is_found_by_what_people_call_it() {
        for (query, council) in [
            ("luton", "Luton Borough Council"),
            ("lutno", "Luton Borough Council"),
            ("st helens", "St Helens Council"),
            ("st. helen's", "St Helens Council"),
            ("Saint Helens", "St Helens Council"),
            ("kings lynn", "Borough Council of King's Lynn and West Norfolk"),
            ("King’s Lynn", "Borough Council of King's Lynn and West Norfolk"),
            ("the wirral", "Wirral Metropolitan Borough Council"),
            ("bristol", "Bristol City Council"),
            ("hull", "Hull City Council"),
            ("kingston upon h", "Hull City Council"),
            ("telford & wrekin", "Telford & Wrekin Council"),
            ("wrekin and telford", "Telford & Wrekin Council"),
            ("city of london", "City of London"),
            ("london", "City of London"),
            ("newham", "London Borough of Newham"),
            ("LB Newham", "London Borough of Newham"),
            ("york", "City of York Council"),
            ("north york", "North Yorkshire Council"),
            ("devon", "Devon County Council"),
            ("Devon cc", "Devon County Council"),
            ("cambridge city", "Cambridge City Council"),
            ("bath", "Bath and North East Somerset Council"),
            ("cambridge c", "Cambridge City Council"),
            ("newcastle", "Newcastle upon Tyne City Council"),
            ("miltonkeynes", "Milton Keynes City Council"),
            ("stoke-on-trent", "Stoke-on-Trent City Council"),
            ("Réading", "Reading Borough Council"),
            ("herts", "Hertfordshire County Council"),
            ("south staffs", "South Staffordshire Council"),
            ("leicester county council", "Leicestershire County Council"),
            ("kensingtn and chelse", "Royal Borough of Kensington and Chelsea"),
            ("birmigh", "Birmingham City Council"),
            ("north d", "North Devon District Council"),
            ("luton borough coun", "Luton Borough Council"),
        ] {
            assert_eq!(first(query), (council, Why::Name), "{query}");
        }
    }

    #[test]
    fn another_name_is_said_as_the_reason() {
        assert_eq!(first("brum"), ("Birmingham City Council", Why::Alias("Brum".into())));
        assert_eq!(first("bham"), ("Birmingham City Council", Why::Alias("B'ham".into())));
        assert_eq!(first("b&nes"), ("Bath and North East Somerset Council", Why::Alias("B&NES".into())));
        assert_eq!(first("salop"), ("Shropshire Council", Why::Name));
        assert_eq!(first("huddersfeild"), ("Kirklees Council", Why::Alias("Huddersfield".into())));
        let folkestone = "Folkestone and Hythe District Council";
        assert_eq!(first("shepway"), (folkestone, Why::Former("Shepway".into())));
        assert_eq!(first("shepway district council"), (folkestone, Why::Former("Shepway District Council".into())));
        let colchester = Why::Former("Colchester Borough Council".into());
        assert_eq!(first("colchester borough council"), ("Colchester City Council", colchester));
    }

    #[test]
    fn behind_a_former_council_come_those_that_took_over_from_it() {
        let hits = find("northampton", 2);
        assert_eq!(names("northampton", 2), ["Northampton Borough Council", "West Northamptonshire Council"]);
        assert_eq!([&hits[0].why, &hits[1].why], [&Why::Name, &Why::SuccessorOf(hits[0].id)]);

        let hits = find("cumbria", 5);
        let expected = ["Cumbria County Council", "Cumberland Council", "Westmorland and Furness Council"];
        assert_eq!(names("cumbria", 5), expected);
        assert!(hits[1..].iter().all(|hit| hit.why == Why::SuccessorOf(hits[0].id)));

        // Taunton Deane's successor was itself replaced.
        assert_eq!(names("taunton deane", 2), ["Taunton Deane Borough Council", "Somerset Council"]);
        // Where both have the name, the one that exists comes first, found by its own.
        assert_eq!(names("somerset", 2), ["Somerset Council", "Somerset County Council"]);
        assert_eq!(first("somerset").1, Why::Name);
    }

    #[test]
    fn of_councils_met_alike_those_come_first_that_exist_and_that_have_one_tier() {
        assert_eq!(names("dorset cc", 1), ["Dorset County Council"]);
        assert_eq!(
            names("york", 4)[1..],
            ["East Riding of Yorkshire Council", "North Yorkshire Council", "North Yorkshire County Council"]
        );
        let north = names("north", 400);
        let place = |name| north.iter().position(|found| *found == name).unwrap();
        assert!(place("North Yorkshire Council") < place("North Devon District Council"));
        assert!(place("North Norfolk District Council") < place("North Dorset District Council"));
    }

    #[test]
    fn a_kind_alone_lists_the_councils_of_the_kind() {
        assert_eq!(names("royal borough", 9).len(), 4);
        let london = find("london borough", 400);
        let of_london = london.iter().filter(|hit| ENGLAND.0.get(hit.id).unwrap().council_type == CouncilType::London);
        assert_eq!((london.len(), of_london.count()), (33, 33));
        assert!(names("county", 5).iter().all(|name| name.contains("County")));
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        for query in ["", " ", "\t\n", "'", "-", "()", "東京", "zzzz", "milbank", "\u{300}"] {
            assert_eq!(find(query, 9), [], "{query:?}");
        }
        assert_eq!(find("luton", 0), []);
    }

    #[test]
    fn one_typed_word_is_one_slip_from_another_or_two() {
        let slips = |typed: &str, word: &str| super::slips(typed.as_bytes(), word.as_bytes(), 2, false);
        assert_eq!(slips("luton", "luton"), Some(0));
        for typed in ["lutno", "uton", "lutton", "lutin", "ulton"] {
            assert_eq!(slips(typed, "luton"), Some(1), "{typed}");
        }
        assert_eq!(slips("ltuno", "luton"), Some(2));
        // No letter is moved twice: the distance is that of optimal alignment.
        assert_eq!(slips("ca", "abc"), None);
        assert_eq!(super::slips(b"birmigh", b"birmingham", 1, true), Some(1));
    }

    /// Each council's place among what is found by `query`, from 1.
    fn place(id: CouncilId, query: &str) -> usize {
        find(query, 400).iter().position(|hit| hit.id == id).map_or(usize::MAX, |place| place + 1)
    }

    #[test]
    fn every_council_is_among_the_first_three_by_each_of_its_names_or_among_those_that_share_it() {
        for (id, council) in ENGLAND.0.iter() {
            assert_eq!(place(id, &council.name), 1, "{}", council.name);
            for name in council.aliases.iter().chain([&council.short_name]) {
                // A county without a council of its own is another name of all that share it.
                let sharing = ENGLAND.0.iter().filter(|(_, other)| other.aliases.contains(name)).count();
                assert!(place(id, name) <= sharing.max(3), "{} by {name}: {:?}", council.name, names(name, 10));
            }
        }
    }

    /// `word` with one slip: 0 swaps two letters, 1 leaves one out, 2 writes another.
    fn slipped(word: &str, slip: usize, at: usize, letter: char) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + at % (letters.len() - 2);
        match slip {
            0 => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            _ => letters[at] = letter,
        }
        letters.into_iter().collect()
    }

    /// `name` with a slip in one of its words of six letters or more, if it has one.
    fn misspelled(name: &str, word: usize, slip: usize, at: usize, letter: char) -> Option<String> {
        let words = name.split(|character: char| !character.is_alphabetic());
        let long: Vec<_> = words.filter(|word| word.len() >= 6).collect();
        let word = long.get(word.checked_rem(long.len())?)?;
        Some(name.replacen(word, &slipped(word, slip, at, letter), 1))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_council_is_among_the_first_five_in_spite_of_a_slip(
            of in 0_usize..400, word in 0_usize..12, slip in 0_usize..3, at in 0_usize..60, letter in prop::char::range('a', 'z'),
        ) {
            let (id, council) = ENGLAND.0.iter().nth(of % ENGLAND.0.councils().len()).unwrap();
            if let Some(query) = misspelled(&council.name, word, slip, at, letter) {
                prop_assert!(place(id, &query) <= 5, "{query}: {:?}", names(&query, 6));
            }
        }

        #[test]
        fn case_and_spacing_do_not_matter(of in 0_usize..400, spaces in "[ \t]{1,3}", long in 1_usize..40) {
            let council = &ENGLAND.0.councils()[of % ENGLAND.0.councils().len()];
            let typed: String = council.name.chars().take(long).collect();
            let spaced = format!("{spaces}{}{spaces}", typed.replace(' ', &spaces));
            for other in [typed.to_uppercase(), typed.to_lowercase(), spaced] {
                prop_assert_eq!(find(&typed, 20), find(&other, 20));
            }
        }

        #[test]
        fn whatever_is_typed_at_most_so_many_councils_are_found_and_each_once(
            query in prop_oneof!["\\PC*", "[a-z&'.() -]{0,30}", "(north|council|st|of|the|bo|c| |-){0,20}"], limit in 0_usize..500,
        ) {
            let hits = find(&query, limit);
            prop_assert!(hits.len() <= limit);
            let all = find(&query, usize::MAX);
            prop_assert_eq!(&hits[..], &all[..limit.min(all.len())]);
            let mut ids: Vec<_> = all.iter().map(|hit| hit.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), all.len());
            let _ = looks_like_postcode(&query);
        }
    }
}
