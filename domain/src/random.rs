//! Numbers that look like chance and are the same on every machine: what starts from one seed draws one sequence, in WebAssembly too.

/// xoshiro256++ 1.0, begun by `SplitMix64`: Blackman, D. and Vigna, S., prng.di.unimi.it, in the public domain.
pub(crate) struct Generator {
    state: [u64; 4],
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        let mut at = seed;
        let state = [(); 4].map(|()| {
            at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (at ^ (at >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        });
        Self { state }
    }

    pub(crate) fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let drawn = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c_next, d_next) = (c ^ a, d ^ b);
        self.state = [a ^ d_next, b ^ c_next, c_next ^ (b << 17), d_next.rotate_left(45)];
        drawn
    }

    /// A whole number below `end`; 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // The upper half of the product is even enough for any `end` that is small beside 2³².
        let (drawn, end) = (self.next() >> 32, u64::try_from(end).unwrap_or(u64::MAX) & 0xffff_ffff);
        usize::try_from((drawn * end) >> 32).unwrap_or(0)
    }

    /// A number above 0 and not above 1.
    pub(crate) fn share(&mut self) -> f64 {
        // 32 bits are a whole number that f64 holds exactly.
        let drawn = u32::try_from(self.next() >> 32).unwrap_or(0);
        (f64::from(drawn) + 1.0) / 4_294_967_296.0
    }
}
