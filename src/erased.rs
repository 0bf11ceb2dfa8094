//! Parts of the page with their types erased.
//!
//! Leptos compiles its machinery once for every type of closure that a view follows. That is quick to run, and it
//! doubled the program that a reader has to download: through these few functions it is compiled once for all.

use leptos::prelude::*;

/// A part of the page that is made anew when what it reads changes.
pub fn dynamic(part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    fn erased(part: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        (move || part()).into_any()
    }
    erased(Box::new(part))
}

/// Runs `follow` at once, and again when what it reads changes.
pub fn follow(follow: impl Fn() + 'static) {
    fn erased(follow: Box<dyn Fn()>) {
        Effect::new(move |_: Option<()>| follow());
    }
    erased(Box::new(follow));
}

/// A text that follows what it reads.
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// Whether something holds, following what it reads.
pub fn holds(holds: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(holds)
}

/// What stands for a state, so that who follows it hears of it only when it changes.
pub fn key(key: impl Fn() -> String + Send + Sync + 'static) -> Memo<String> {
    fn erased(key: Box<dyn Fn() -> String + Send + Sync>) -> Memo<String> {
        Memo::new(move |_| key())
    }
    erased(Box::new(key))
}

/// Follows `key` without needing what it says. (To track a memo is not enough: one that is never read is never made.)
pub fn hear(key: Memo<String>) {
    key.with(|_| ());
}

/// What is called when an event of type `E` happens.
pub fn handler<E>(handler: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handler)
}

/// HTML that was written with `upheld-pages`, in an element of its own that takes no part in the layout.
pub fn written(html: String) -> AnyView {
    view! { <div class="written" inner_html=html></div> }.into_any()
}
