//! The desk on which the files lie: one is read at a time, the rest wait their turn.

use super::{
    keep::Held,
    reader::{self, Progress, Reader, Texts},
};
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};
use upheld_domain::{
    council::GssCode,
    edition::Edition,
    opened::{Opened, Review},
    year::ReportingYear,
};
use upheld_sources::reading::{Answers, FileReading, Taken, take};
use web_sys::File;

/// How it stands with a file.
#[derive(Debug, Clone)]
pub(super) enum Stage {
    /// Others are before it.
    Waiting,
    /// It is being read: so many bytes, of so many.
    Reading(f64, f64),
    /// It is being made sense of.
    Understanding,
    /// It has been read.
    Read(Rc<FileReading>),
    /// It could not be.
    Failed(String),
    /// The reader did not want to wait for it.
    Cancelled,
}

/// A file on the desk.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) id: u32,
    pub(super) name: StoredValue<String>,
    file: StoredValue<File, LocalStorage>,
    pub(super) stage: RwSignal<Stage, LocalStorage>,
    pub(super) answers: RwSignal<Answers>,
    /// The year that the reader says it is of.
    year: StoredValue<Option<ReportingYear>>,
}

impl Item {
    /// What is taken from it, as it is answered now.
    pub(super) fn taken(self, edition: &Edition) -> Taken {
        self.stage.with(|stage| match stage {
            Stage::Read(reading) => self.answers.with(|answers| take(reading, answers, edition.register())),
            _ => Taken::default(),
        })
    }

    /// Takes `council` for the one that a row means; none leaves the row out.
    pub(super) fn answer(self, sheet: usize, row: u64, council: Option<GssCode>) {
        self.answers.update(|answers| match council {
            Some(code) => drop(answers.councils.insert((sheet, row), code)),
            None => drop(answers.councils.remove(&(sheet, row))),
        });
    }
}

/// What opening the files would come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prospect {
    pub(super) opened: Opened,
    pub(super) review: Review,
    /// How many rows nobody has said the council of.
    pub(super) open: usize,
}

/// The desk.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    edition: StoredValue<Arc<Edition>>,
    texts: StoredValue<Texts>,
    pub(super) items: RwSignal<Vec<Item>, LocalStorage>,
    /// What the browser holds already.
    pub(super) held: RwSignal<Held>,
    /// Whether the reader's files go before the edition, where both are equally good.
    pub(super) first: RwSignal<bool>,
    running: StoredValue<Option<(u32, Reader)>, LocalStorage>,
    count: StoredValue<u32>,
    said: RwSignal<String>,
}

impl Desk {
    pub(super) fn new(edition: Edition, texts: Texts, held: Held) -> Self {
        Self {
            edition: StoredValue::new(Arc::new(edition)),
            texts: StoredValue::new(texts),
            items: RwSignal::new_local(Vec::new()),
            first: RwSignal::new(held.opened.first),
            held: RwSignal::new(held),
            running: StoredValue::new_local(None),
            count: StoredValue::new(0),
            said: RwSignal::new(String::new()),
        }
    }

    /// The edition without files of the reader's own.
    pub(super) fn edition(self) -> Arc<Edition> {
        self.edition.get_value()
    }

    /// Tells a reader who does not see it what has changed.
    pub(super) fn say(self, what: String) {
        self.said.set(what);
    }

    /// What was said last.
    pub(super) fn said(self) -> String {
        self.said.get()
    }

    /// `name`, with a number where a file on the desk, or one that is held, is called that: what is pasted has no name of its own.
    pub(super) fn unused(self, name: &str) -> String {
        let is_used = |wanted: &str| {
            let lies = |items: &Vec<Item>| items.iter().any(|item| item.name.with_value(|known| known == wanted));
            self.items.with_untracked(lies)
                || self.held.with_untracked(|held| held.opened.files.iter().any(|it| it == wanted))
        };
        let numbered = (2..).map(|number| format!("{name} {number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_used(name)).unwrap_or_default()
    }

    /// Puts `files` on the desk. One with the name of another takes its place.
    pub(super) fn add(self, files: Vec<File>) {
        for file in files {
            let name = file.name();
            let same = self.items.with_untracked(|items| {
                items.iter().find(|item| item.name.with_value(|known| *known == name)).copied()
            });
            if let Some(item) = same {
                self.take_off(item);
            }
            self.count.update_value(|count| *count += 1);
            let item = Item {
                id: self.count.get_value(),
                name: StoredValue::new(name),
                file: StoredValue::new_local(file),
                stage: RwSignal::new_local(Stage::Waiting),
                answers: RwSignal::new(Answers::default()),
                year: StoredValue::new(None),
            };
            self.items.update(|items| items.push(item));
        }
        self.go_on();
    }

    /// Reads `item`, once more or as of `year`.
    pub(super) fn read_again(self, item: Item, year: Option<ReportingYear>) {
        item.year.set_value(year);
        item.answers.set(Answers::default());
        item.stage.set(Stage::Waiting);
        self.go_on();
    }

    /// Reads `item` no further.
    pub(super) fn cancel(self, item: Item) {
        self.stop(item);
        item.stage.set(Stage::Cancelled);
        self.say(format!("{}: cancelled.", item.name.get_value()));
        self.go_on();
    }

    /// Takes `item` off the desk.
    pub(super) fn take_off(self, item: Item) {
        self.stop(item);
        self.items.update(|items| items.retain(|other| other.id != item.id));
        self.go_on();
    }

    fn stop(self, item: Item) {
        let is_running = self.running.with_value(|running| running.as_ref().is_some_and(|(id, _)| *id == item.id));
        if is_running {
            self.running.set_value(None);
        }
    }

    /// Starts on the next file, if none is being read.
    fn go_on(self) {
        if self.running.with_value(Option::is_some) {
            return;
        }
        let waiting = |item: &&Item| item.stage.with_untracked(|stage| matches!(stage, Stage::Waiting));
        let Some(item) = self.items.with_untracked(|items| items.iter().find(waiting).copied()) else { return };
        let told = Rc::new(move |progress| self.heard(item, progress));
        let file = item.file.get_value();
        let started = self.texts.with_value(|texts| reader::read(&file, item.year.get_value(), texts, told));
        match started {
            Ok(reader) => {
                item.stage.set(Stage::Reading(0.0, file.size()));
                self.running.set_value(Some((item.id, reader)));
            }
            Err(problem) => self.heard(item, Progress::Failed(problem)),
        }
    }

    fn heard(self, item: Item, progress: Progress) {
        let name = item.name.get_value();
        let stage = match progress {
            Progress::Bytes(read, of) => return item.stage.set(Stage::Reading(read, of)),
            Progress::Understanding => return item.stage.set(Stage::Understanding),
            Progress::Done(reading) => {
                let refused = matches!(*reading, FileReading::Refused(_));
                self.say(format!("{name}: {}.", if refused { "it cannot be taken" } else { "read" }));
                Stage::Read(reading)
            }
            Progress::Failed(problem) => {
                self.say(format!("{name}: {problem}"));
                Stage::Failed(problem)
            }
        };
        item.stage.set(stage);
        // Not at once: what is heard from a worker is heard through what goes with it.
        leptos::task::spawn_local(async move {
            self.stop(item);
            self.go_on();
        });
    }

    /// What opening the files that lie here, beside those that are held, would come to; none where nothing is taken from them.
    pub(super) fn prospect(self) -> Option<Prospect> {
        let edition = self.edition();
        let mut opened = self.held.with(|held| held.opened.clone());
        opened.first = self.first.get();
        let mut open = 0;
        let mut anything = false;
        for item in self.items.get() {
            let taken = item.taken(&edition);
            open += taken.open;
            let rows = taken.rows.into_iter().filter(|(row, source)| !edition.holds(row, source));
            let rows: Vec<_> = rows.collect();
            if !rows.is_empty() || taken.letter.is_some() {
                anything = true;
                opened.add(&item.name.get_value(), rows, taken.letter);
            }
        }
        let review = || Review::of(&edition, &edition.as_ref().clone().with_opened(&opened));
        anything.then(|| Prospect { review: review(), opened: opened.clone(), open })
    }
}
