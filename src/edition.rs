//! Loads the edition: once, at the start.

use crate::{error::LoadError, fetch};
use std::sync::Arc;
use upheld_domain::edition::{Edition, EditionFile};

/// Where the edition lies.
const PATH: &str = "data/v1/edition.json";

/// Loads the edition; beside it its file as it came, for the second program.
///
/// # Errors
/// Where it cannot be fetched, or contradicts itself.
pub async fn load() -> Result<(Arc<Edition>, String), LoadError> {
    let text = fetch::text(PATH).await?;
    let file: EditionFile = serde_json::from_str(&text).map_err(|error| fetch::damaged(PATH, &error))?;
    let edition = Edition::try_from(file).map_err(|error| fetch::damaged(PATH, &error))?;
    Ok((Arc::new(edition), text))
}
