//! The fixed sample of postcodes by which boundaries are measured.

use std::fmt::Write as _;

use upheld_domain::boundary::{Position, Sample, SampleGroup};

use crate::boundaries::GeographyError;

/// Reads the sample that [`write_sample`] writes.
///
/// # Errors
///
/// [`GeographyError::Sample`] with the line and what was expected in it.
///
/// ```
/// let sample = upheld_sources::postcodes::read_sample("# note\nE07000008 E07000008 12345 5220000 10 -20\n")?;
/// assert_eq!(sample.groups[0].places[1].degrees(), (0.12355, 52.1998));
/// # Ok::<(), upheld_sources::boundaries::GeographyError>(())
/// ```
pub fn read_sample(text: &str) -> Result<Sample, GeographyError> {
    let rows = text.lines().enumerate().filter(|(_, row)| !row.starts_with('#') && !row.trim().is_empty());
    let groups = rows.map(|(index, row)| read_group(index + 1, row)).collect::<Result<_, _>>()?;
    Ok(Sample { groups })
}

/// Writes a sample as text, a line a district: its code today, the code of the district of 2011 to 2018, then longitude and
/// latitude in hundred-thousandths of a degree, each but the first as the difference from the one before.
#[must_use]
pub fn write_sample(sample: &Sample, note: &str) -> String {
    let notes: Vec<String> = note.lines().map(|line| format!("# {line}\n")).collect();
    let mut text = notes.concat();
    for group in &sample.groups {
        let mut before = (0, 0);
        let mut row = format!("{} {}", group.today, group.base);
        for place in &group.places {
            let (lon, lat) = place.degrees();
            let here = (hundred_thousandths(lon), hundred_thousandths(lat));
            // Writing to a string cannot fail.
            let _ = write!(row, " {} {}", here.0 - before.0, here.1 - before.1);
            before = here;
        }
        text.push_str(&row);
        text.push('\n');
    }
    text
}

fn read_group(line: usize, row: &str) -> Result<SampleGroup, GeographyError> {
    let wrong = |expected, found: &str| GeographyError::Sample { line, expected, found: found.to_owned() };
    let mut fields = row.split_ascii_whitespace();
    let mut code = || {
        let field = fields.next().unwrap_or_default();
        field.parse().map_err(|_| wrong("the GSS code of a district", field))
    };
    let (today, base) = (code()?, code()?);
    let mut places = Vec::new();
    let mut before = (0_i32, 0_i32);
    while let Some(lon) = fields.next() {
        let lat = fields.next().ok_or_else(|| wrong("a latitude after every longitude", row))?;
        let step = |before: i32, field: &str| {
            let step = field.parse::<i32>().ok().and_then(|step| before.checked_add(step));
            step.ok_or_else(|| wrong("a whole number of hundred-thousandths of a degree", field))
        };
        before = (step(before.0, lon)?, step(before.1, lat)?);
        let place = Position::from_degrees(f64::from(before.0) / 1e5, f64::from(before.1) / 1e5);
        places.push(place.map_err(|_| wrong("a place on the earth", lon))?);
    }
    Ok(SampleGroup { today, base, places })
}

#[allow(clippy::cast_possible_truncation, reason = "degrees within ±180: within ±1.8e7")]
fn hundred_thousandths(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_reads_back_what_it_writes() {
        let at = |lon, lat| Position::from_degrees(lon, lat).unwrap();
        let group = SampleGroup {
            today: "E06000066".parse().unwrap(),
            base: "E07000188".parse().unwrap(),
            places: vec![at(-3.10543, 51.02001), at(-3.1, 51.1), at(-2.9, 50.9)],
        };
        let sample = Sample { groups: vec![group] };
        let text = write_sample(&sample, "Where from\nand why");
        assert!(text.starts_with("# Where from\n# and why\nE06000066 E07000188 -310543 5102001 543 7999 "), "{text}");
        assert_eq!(read_sample(&text).unwrap(), sample);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let refused = read_sample("# note\nE07000008 E07000008 1 2 3\n").unwrap_err().to_string();
        assert!(refused.starts_with("line 2: a latitude after every longitude"), "{refused}");
        assert!(read_sample("E07000008 here 1 2\n").is_err());
    }
}
