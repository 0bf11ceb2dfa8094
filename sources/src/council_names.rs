//! Names of councils as tables print them, matched to the councils of a year.
//!
//! Tried in this order; the first that fits one council decides, and the first that fits several leaves it open:
//!
//! 1. a decision that a person took about the name (`data/name_decisions.csv`);
//! 2. the official name, what people call the place, the name of the Office for National Statistics;
//! 3. one of these in another form: other words for the kind of council, short or in another place ("Newham LB", "Bristol, City of",
//!    "Devon CC"), "&" or "and", any punctuation, case, accent and order. The kind has to be one that the council can have:
//!    that tells a county from a district or unitary council of its name;
//! 4. the same of councils that did not exist in the year: then it is one of those, and no other;
//! 5. another name in the register (a former one, a nickname, a town, a county that it shares), and such a name in another form;
//! 6. the words of a body of another kind.
//!
//! What is nearly a name is not taken: the nearest are named, for a person to decide.

mod body;
mod decisions;
mod forms;
mod nearest;

pub use body::BodyKind;
pub use decisions::{Decision, read as read_decisions};

use forms::{Form, Source, text_of};
use std::collections::HashMap;
use upheld_domain::{
    council::{CouncilType, GssCode},
    register::{CouncilId, Register},
    year::ReportingYear,
};

/// What a printed name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameMatch {
    /// A council.
    Council {
        /// Which.
        id: CouncilId,
        /// How it was told.
        how: How,
    },
    /// One of several councils of that year.
    Ambiguous(Vec<CouncilId>),
    /// A council, or one of several, that did not exist in that year. The Ombudsman goes on to print some for a while;
    /// a decision can say so.
    NotThen(Vec<CouncilId>),
    /// Something else.
    NotACouncil(BodyKind),
    /// No name that is known.
    Unmatched {
        /// At most three councils of that year whose names are nearest, the nearest first.
        nearest: Vec<CouncilId>,
    },
}

/// How a council was told by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// By its official name.
    Official,
    /// By what people call the place.
    Short,
    /// By its name at the Office for National Statistics.
    Statistics,
    /// By one of these in another form.
    Form,
    /// By another name, as the register writes it.
    Alias(String),
    /// By a decision, with its reason.
    Decision(String),
}

/// The names of a register, made ready to be matched.
///
/// ```
/// # let councils = r#"[{"code": "E09000025", "slug": "newham", "name": "London Borough of Newham", "short": "Newham",
/// #     "type": "london", "region": "London", "first": 2014}]"#;
/// use upheld_domain::{register::Register, year::ReportingYear};
/// use upheld_sources::council_names::{How, NameMatch, Names};
/// let register = Register::new(serde_json::from_str(councils)?)?;
/// let names = Names::new(&register, &[]);
/// let year = ReportingYear::ending(2024).unwrap();
/// let id = register.by_slug("newham").unwrap();
/// assert_eq!(names.find("Newham LB", year, None), NameMatch::Council { id, how: How::Form });
/// assert_eq!(names.find("Newam LB", year, None), NameMatch::Unmatched { nearest: vec![id] });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Names<'a> {
    register: &'a Register,
    decisions: &'a [Decision],
    forms: Vec<Form>,
    /// Places in `forms` by their words, and by their words without those for a kind, in order.
    by_text: HashMap<String, Vec<usize>>,
    by_place: HashMap<String, Vec<usize>>,
    /// The kinds that each council can be called, by its place in the register.
    kinds: HashMap<CouncilId, u16>,
}

impl<'a> Names<'a> {
    /// The names of `register`, with what people decided about others.
    #[must_use]
    pub fn new(register: &'a Register, decisions: &'a [Decision]) -> Self {
        let (by_text, by_place) = (HashMap::new(), HashMap::new());
        let mut names = Self { register, decisions, forms: Vec::new(), by_text, by_place, kinds: HashMap::new() };
        for (id, council) in register.iter() {
            names.add(Form::new(id, Source::Official, &council.name));
            names.add(Form::new(id, Source::Short, &council.short_name));
            for (place, alias) in council.aliases.iter().enumerate() {
                names.add(Form::new(id, Source::Alias(place), alias));
            }
        }
        for (id, council) in register.iter() {
            let own = |form: &&Form| form.id == id && !form.source.is_alias();
            let places: Vec<&str> = names.forms.iter().filter(own).map(|form| form.place.as_str()).collect();
            let of_place = names.forms.iter().filter(|form| form.id == id && places.contains(&form.place.as_str()));
            let kinds = of_place.fold(forms::kinds_of_type(council.council_type), |kinds, form| kinds | form.kinds);
            names.kinds.insert(id, kinds);
        }
        names
    }

    /// With the names of the Office for National Statistics, by code; codes that are not known are passed over.
    #[must_use]
    pub fn with_statistics<'n>(mut self, names: impl IntoIterator<Item = (GssCode, &'n str)>) -> Self {
        for (code, name) in names {
            if let Some(id) = self.register.by_code(code) {
                self.add(Form::new(id, Source::Statistics, name));
            }
        }
        self
    }

    fn add(&mut self, form: Form) {
        let place = self.forms.len();
        self.by_text.entry(form.text.clone()).or_default().push(place);
        if !form.place.is_empty() {
            self.by_place.entry(form.place.clone()).or_default().push(place);
        }
        self.forms.push(form);
    }

    /// What `printed` means in `year`. `type_hint` is the type that the table prints beside it, if it does: a
    /// council of another type is not meant.
    #[must_use]
    pub fn find(&self, printed: &str, year: ReportingYear, type_hint: Option<CouncilType>) -> NameMatch {
        // No name has half as many letters.
        let printed: String = printed.chars().take(200).collect();
        let text = text_of(&printed);
        if let Some(decided) = self.decided(&text, year) {
            return decided;
        }
        let asked = Asked { form: forms::parts(&printed), text, year, type_hint };
        let own = [Source::Official, Source::Short, Source::Statistics].map(|source| self.whole(&asked, true, source));
        let [official, short, statistics] = own;
        let stages = [
            (official, How::Official),
            (short, How::Short),
            (statistics, How::Statistics),
            (self.in_other_form(&asked, true), How::Form),
        ];
        for (found, how) in stages {
            match found.as_slice() {
                [] => {}
                [id] => return NameMatch::Council { id: *id, how },
                _ => return NameMatch::Ambiguous(found),
            }
        }
        let mut gone = [Source::Official, Source::Short, Source::Statistics]
            .map(|source| self.whole(&asked, false, source))
            .concat();
        gone.extend(self.in_other_form(&asked, false));
        if !gone.is_empty() {
            return NameMatch::NotThen(once(gone));
        }
        self.by_alias(&asked).unwrap_or_else(|| match BodyKind::of(&printed) {
            Some(kind) => NameMatch::NotACouncil(kind),
            None => NameMatch::Unmatched { nearest: self.nearest(&asked) },
        })
    }

    /// What a person decided about `text`: a decision about the year before one about all.
    fn decided(&self, text: &str, year: ReportingYear) -> Option<NameMatch> {
        let about = |decision: &&Decision| decision.year.is_none_or(|of| of == year) && text_of(&decision.name) == text;
        let decision = self.decisions.iter().filter(about).max_by_key(|decision| decision.year.is_some())?;
        let Some(code) = decision.code else { return Some(NameMatch::NotACouncil(BodyKind::Decided)) };
        let id = self.register.by_code(code)?;
        Some(NameMatch::Council { id, how: How::Decision(decision.note.clone()) })
    }

    /// The councils whose name of `source` it is, word for word; those that existed in the year, or the others.
    fn whole(&self, asked: &Asked, then: bool, source: Source) -> Vec<CouncilId> {
        let forms = self.by_text.get(&asked.text).into_iter().flatten().filter_map(|place| self.forms.get(*place));
        let fits = |form: &&Form| form.source == source && self.is_asked(asked, form.id, then);
        once(forms.filter(fits).map(|form| form.id).collect())
    }

    /// The councils of whose own names it is another form.
    fn in_other_form(&self, asked: &Asked, then: bool) -> Vec<CouncilId> {
        let fits = |form: &&Form| {
            let kinds = self.kinds.get(&form.id).copied().unwrap_or_default();
            !form.source.is_alias() && self.is_asked(asked, form.id, then) && forms::allow(kinds, asked.form.kinds)
        };
        once(self.of_place(asked).filter(fits).map(|form| form.id).collect())
    }

    fn by_alias(&self, asked: &Asked) -> Option<NameMatch> {
        let texts = self.by_text.get(&asked.text).into_iter().flatten().filter_map(|place| self.forms.get(*place));
        let said = |form: &&Form| form.source.is_alias() && self.is_asked(asked, form.id, true);
        let mut forms: Vec<&Form> = texts.filter(said).collect();
        if forms.is_empty() {
            let same_kind = |form: &&Form| {
                said(form) && form.kinds != 0 && asked.form.kinds != 0 && forms::allow(form.kinds, asked.form.kinds)
            };
            forms = self.of_place(asked).filter(same_kind).collect();
        }
        let councils = once(forms.iter().map(|form| form.id).collect());
        match (councils.as_slice(), forms.first()) {
            ([id], Some(form)) => {
                let how = How::Alias(self.alias(form).unwrap_or_default());
                Some(NameMatch::Council { id: *id, how })
            }
            ([], _) | (_, None) => None,
            _ => Some(NameMatch::Ambiguous(councils)),
        }
    }

    fn alias(&self, form: &Form) -> Option<String> {
        match form.source {
            Source::Alias(place) => self.register.get(form.id)?.aliases.get(place).cloned(),
            _ => None,
        }
    }

    fn of_place(&self, asked: &Asked) -> impl Iterator<Item = &Form> {
        self.by_place.get(&asked.form.place).into_iter().flatten().filter_map(|place| self.forms.get(*place))
    }

    /// Whether the council at `id` can be meant: it existed in the year, or not, as `then` says, and is of the type.
    fn is_asked(&self, asked: &Asked, id: CouncilId, then: bool) -> bool {
        self.register.get(id).is_some_and(|council| {
            council.existed_in(asked.year) == then && asked.type_hint.is_none_or(|hint| hint == council.council_type)
        })
    }

    fn nearest(&self, asked: &Asked) -> Vec<CouncilId> {
        let existed = |form: &&Form| self.register.get(form.id).is_some_and(|council| council.existed_in(asked.year));
        nearest::nearest(&asked.text, &asked.form.place, &self.forms.iter().filter(existed).collect::<Vec<_>>())
    }
}

/// What is asked for.
struct Asked {
    text: String,
    form: forms::Parts,
    year: ReportingYear,
    type_hint: Option<CouncilType>,
}

/// `ids`, each once, in order.
fn once(mut ids: Vec<CouncilId>) -> Vec<CouncilId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
