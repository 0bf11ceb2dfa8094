//! Who answers for the place where the reader is: asked of the browser on a press, and told on the reader's own device.

use super::postcodes::one;
use crate::map::{Detail, Source, load};
use js_sys::Promise;
use std::rc::Rc;
use upheld_domain::{
    boundary::{Layer, Polygon, Position, Ring, Shape},
    council::Tier,
    edition::Edition,
};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::PositionError;

/// Nearer to a border than this, in metres, the council across it is offered too: shapes are simplified, and places are not exact.
const NEAR: f64 = 150.0;

/// The councils that answer for where the reader is, as options, or words where that cannot be told.
pub async fn here(edition: Rc<Edition>) -> String {
    match place().await {
        Ok((longitude, latitude, accuracy)) => match told(&edition, longitude, latitude, accuracy).await {
            Ok(options) if options.is_empty() => {
                "That is not in England, as far as the boundaries here tell. Type the name of a council.".to_owned()
            }
            Ok(options) => options,
            Err(error) => format!("The boundaries could not be loaded. {error}"),
        },
        Err(words) => words.to_owned(),
    }
}

/// Where the reader is: longitude, latitude, and within how many metres; or why the browser does not tell.
async fn place() -> Result<(f64, f64, f64), &'static str> {
    const NOT_HERE: &str = "This browser does not tell where it is. Type a postcode, or the name of a council.";
    let geolocation = web_sys::window().and_then(|window| window.navigator().geolocation().ok()).ok_or(NOT_HERE)?;
    let asked = Promise::new(&mut |found, refused| {
        // A browser that cannot be asked never answers; one that can does.
        let _ =
            geolocation.get_current_position_with_error_callback(found.unchecked_ref(), Some(refused.unchecked_ref()));
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
    let layer = Layer { shapes: shapes.into_iter().map(shape).collect() };
    let around = layer.around(at, NEAR.max(accuracy));
    let near = around.len() > 1;
    let (mut options, mut place) = (String::new(), 0);
    for council in around {
        let why = if near { "Near a border, so perhaps here" } else { "Where you are" };
        options.push_str(&one(register, council.code, why, &mut place));
    }
    Ok(options)
}

fn shape(of: crate::map::Shape) -> Shape {
    let ring = |ring: Vec<geojson::Position>| {
        let place = |position: &geojson::Position| match position.as_slice() {
            [longitude, latitude, ..] => Position::from_degrees(*longitude, *latitude).ok(),
            _ => None,
        };
        Ring(ring.iter().filter_map(place).collect())
    };
    let polygon = |rings: Vec<Vec<geojson::Position>>| {
        let mut rings = rings.into_iter().map(ring);
        Some(Polygon { outer: rings.next()?, holes: rings.collect() })
    };
    Shape { code: of.code, name: String::new(), polygons: of.parts.into_iter().filter_map(polygon).collect() }
}
