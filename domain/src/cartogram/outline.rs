//! The line around some of the cells.

/// How far the corners of cells that touch may lie apart, in degrees: files round them. No edge is nearly as short.
const ROUNDED: f64 = 0.001;

/// One side of a cell: the longitude and the latitude of where it begins and of where it ends, in degrees.
pub type Edge = [f64; 4];

/// Whether `edge` belongs to one cell alone, of all that have `edges`: whether it is part of the line around them. The edges of all cells go
/// around them the same way, so what one has on its left the cell beside it has the other way round.
///
/// ```
/// use upheld_domain::cartogram::is_outline;
/// // Two triangles that share their longest side.
/// let shared = [0.0, 0.0, 1.0, 1.0];
/// let edges = [shared, [1.0, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 1.0, 1.0]];
/// assert!(!is_outline(&shared, &edges));
/// assert_eq!(edges.iter().filter(|edge| is_outline(edge, &edges)).count(), 4);
/// ```
#[must_use]
pub fn is_outline(edge: &Edge, edges: &[Edge]) -> bool {
    let [from_x, from_y, to_x, to_y] = *edge;
    !edges.iter().any(|[x, y, end_x, end_y]| {
        (from_x - end_x).abs() + (from_y - end_y).abs() + (to_x - x).abs() + (to_y - y).abs() < ROUNDED
    })
}
