//! Who answers for the place where the reader is: asked of the browser on a press, and told on the reader's own device.

use super::{
    options::OFFERED,
    postcodes::{ids, responsible},
};
use crate::map::{Detail, Source, load};
use js_sys::Promise;
use std::rc::Rc;
use upheld_domain::{
    boundary::{Layer, Position},
    council::Tier,
    edition::Edition,
    register::CouncilId,
};
use upheld_pages::html::Html;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{PositionError, PositionOptions};

/// Nearer to a border than this, in metres, the council across it is offered too: shapes are simplified, and places are not exact.
const NEAR: f64 = 150.0;

/// How long the browser may take to find out where it is once it may tell, in milliseconds.
const PATIENCE: u32 = 30_000;

/// The councils that answer for where the reader is, as options, or words where that cannot be told.
pub async fn here(edition: Rc<Edition>) -> String {
    match place().await {
        Ok((longitude, latitude, accuracy)) => match told(&edition, longitude, latitude, accuracy).await {
            Ok(options) if options.is_empty() => {
                "That is not in England, as far as the boundaries here tell. Type the name of a council.".to_owned()
            }
            Ok(options) => options,
            Err(_) => "The boundaries could not be loaded. Check your connection, or type a postcode.".to_owned(),
        },
        Err(words) => words.to_owned(),
    }
}

/// Where the reader is: longitude, latitude, and within how many metres; or why the browser does not tell.
async fn place() -> Result<(f64, f64, f64), &'static str> {
    const NOT_HERE: &str = "This browser does not tell where it is. Type a postcode, or the name of a council.";
    let geolocation = web_sys::window().and_then(|window| window.navigator().geolocation().ok()).ok_or(NOT_HERE)?;
    let options = PositionOptions::new();
    options.set_timeout(PATIENCE);
    let asked = Promise::new(&mut |found, refused| {
        // A browser that cannot be asked never answers; one that can does.
        let _ = geolocation.get_current_position_with_error_callback_and_options(
            found.unchecked_ref(),
            Some(refused.unchecked_ref()),
            &options,
        );
    });
    match JsFuture::from(asked).await {
        Ok(position) => {
            let at = position.unchecked_into::<web_sys::Position>().coords();
            Ok((at.longitude(), at.latitude(), at.accuracy()))
        }
        Err(error) => Err(refusal(&error)),
    }
}

fn refusal(error: &JsValue) -> &'static str {
    match error.unchecked_ref::<PositionError>().code() {
        1 => "The browser was not allowed to say where you are. Type a postcode, or the name of a council.",
        _ => "The browser could not find out where you are. Type a postcode, or the name of a council.",
    }
}

async fn told(
    edition: &Edition,
    longitude: f64,
    latitude: f64,
    accuracy: f64,
) -> Result<String, crate::error::LoadError> {
    let register = edition.register();
    let Some(&vintage) = register.vintages().last() else { return Ok(String::new()) };
    let shapes = load(Source { tier: Tier::Lower, vintage, detail: Detail::Full }, register).await?;
    let Ok(at) = Position::from_degrees(longitude, latitude) else { return Ok(String::new()) };
    let layer = Layer { shapes: shapes.into_iter().map(Into::into).collect() };
    let around = layer.around(at, NEAR.max(accuracy));
    if around.len() > OFFERED {
        let (known, near) = ((accuracy / 1000.0).ceil(), around.len());
        return Ok(format!(
            "The browser knows where you are to {known} km only, and {near} councils lie within that. Type a postcode, or the name of a council."
        ));
    }
    // Of districts on both sides of a border the county may be one.
    let mut found: Vec<(CouncilId, usize)> = Vec::new();
    for id in around.iter().flat_map(|district| ids(register, district.code)) {
        match found.iter_mut().find(|(of, _)| *of == id) {
            Some((_, districts)) => *districts += 1,
            None => found.push((id, 1)),
        }
    }
    let is_outside = layer.council_at(at).is_none();
    let mut html = Html::default();
    for (place, (id, districts)) in found.into_iter().enumerate() {
        let why = match () {
            () if is_outside => "Near, but perhaps you are not in England",
            () if districts == around.len() => "Where you are",
            () => "Near a border, so perhaps here",
        };
        if let Some(council) = register.get(id) {
            responsible(&mut html, place, council, why);
        }
    }
    Ok(html.written())
}
