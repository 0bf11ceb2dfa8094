//! From a value to its place.

/// A linear scale from values to CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// The values at its two ends.
    pub(crate) values: (f64, f64),
    /// The places of its two ends.
    pub(crate) places: (f64, f64),
}

impl Scale {
    /// The place of `value`.
    pub(crate) fn place(&self, value: f64) -> f64 {
        let (from, to) = self.values;
        let share = if to > from { (value - from) / (to - from) } else { 0.0 };
        self.places.0 + share * (self.places.1 - self.places.0)
    }
}

/// The ticks of an axis from 0 on, and with the last of them its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ticks(pub(crate) Vec<f64>);

impl Ticks {
    /// 0% to 100% in steps of `step`.
    pub(crate) fn percent(step: u8) -> Self {
        Self((0..=100).step_by(usize::from(step.max(1))).map(f64::from).collect())
    }

    /// From 0 to `largest` or just above, in at most `most` round steps.
    pub(crate) fn up_to(largest: f64, most: u8) -> Self {
        let steps = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
        let fits = |step: &f64| largest <= step * f64::from(most);
        let step = steps.into_iter().find(fits).unwrap_or(100_000.0);
        let mut ticks = vec![0.0];
        let mut tick = 0.0;
        while tick < largest.max(step) && ticks.len() <= usize::from(most) {
            tick += step;
            ticks.push(tick);
        }
        Self(ticks)
    }

    /// Where the axis ends.
    pub(crate) fn end(&self) -> f64 {
        self.0.last().copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_few_and_reach_the_largest_value() {
        for largest in [0.0, 0.4, 1.0, 7.3, 9.9, 18.6, 51.0, 740.0] {
            let ticks = Ticks::up_to(largest, 5);
            assert!(ticks.end() >= largest && ticks.0.len() <= 6 && ticks.0.len() >= 2, "{largest}: {ticks:?}");
        }
        assert_eq!(Ticks::up_to(9.9, 5).0, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(Ticks::percent(25).0, [0.0, 25.0, 50.0, 75.0, 100.0]);
    }
}
