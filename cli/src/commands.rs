//! The commands, a file each.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod geography;
pub(crate) mod import;
pub(crate) mod manual;
pub(crate) mod render;
