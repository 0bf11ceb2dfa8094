//! The network: every request of the page goes through here, and none leaves our own site.

use crate::error::LoadError;
use gloo_net::http::Request;

/// Fetches the text of `path`, which is relative to the app's root.
///
/// # Errors
/// Where it cannot be reached, is not there, or breaks off.
pub async fn text(path: &str) -> Result<String, LoadError> {
    let unreachable = |_| LoadError::Unreachable { path: path.to_owned() };
    let response = Request::get(path).send().await.map_err(unreachable)?;
    if !response.ok() {
        return Err(LoadError::Status { path: path.to_owned(), status: response.status() });
    }
    response.text().await.map_err(unreachable)
}

/// The error of a file that is not what it should be.
pub fn damaged(path: &str, problem: &dyn std::fmt::Display) -> LoadError {
    LoadError::Damaged { path: path.to_owned(), problem: problem.to_string() }
}
