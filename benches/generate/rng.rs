//! Chance without a clock: the same seed gives the same choices on every machine.

/// Steele, Lea and Flood's `SplitMix64` ("Fast splittable pseudorandom number generators", 2014).
pub(crate) struct Rng(u64);

impl Rng {
    /// The stream of one thing: `stream` tells the streams of one seed apart.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = Self(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to `n`, `n` left out; 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * n as u128;
        usize::try_from(wide >> 64).expect("the upper half of a product with `n` is below `n`")
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True once in `n` times.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of `things`, which are not empty.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

/// How much more often the frequent things of a list are drawn than the rare ones.
///
/// In whole numbers, because the powers of floating point differ in their last bit from machine to machine.
pub(crate) struct Zipf {
    /// The sum of the weights up to and with each rank.
    sums: Vec<u64>,
}

impl Zipf {
    /// Zipf's law as Mandelbrot shifted it, over `ranks` things, at least one: rank `r` (from 0) has the weight
    /// 1 / (r + 3).
    pub(crate) fn new(ranks: usize) -> Self {
        Self::of((3u64..).map(|divisor| (1 << 32) / divisor).take(ranks.max(1)))
    }

    /// Zipf's law with the exponent 4/5, over `ranks` things, at least one: rank `r` (from 0) has the weight
    /// (r + 1) to the power -4/5.
    pub(crate) fn four_fifths(ranks: usize) -> Self {
        Self::of((1u128..).map(|place| fifth_root((1 << 125) / place.pow(4)).max(1)).take(ranks.max(1)))
    }

    fn of(weights: impl Iterator<Item = u64>) -> Self {
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// A rank by chance.
    pub(crate) fn rank(&self, rng: &mut Rng) -> usize {
        let total = self.sums.last().map_or(1, |sum| usize::try_from(*sum).unwrap_or(usize::MAX));
        let point = rng.below(total) as u64;
        self.sums.partition_point(|sum| *sum <= point)
    }

    /// `count` ranks, all different, in the order in which they were drawn; all of them where there are fewer.
    pub(crate) fn ranks(&self, count: usize, rng: &mut Rng) -> Vec<usize> {
        let count = count.min(self.sums.len());
        let mut ranks = Vec::with_capacity(count);
        while ranks.len() < count {
            let rank = self.rank(rng);
            if !ranks.contains(&rank) {
                ranks.push(rank);
            }
        }
        ranks
    }
}

/// The largest whole number whose fifth power is at most `power`, which is at most 2 to the power 125.
fn fifth_root(power: u128) -> u64 {
    let (mut root, mut bit) = (0_u64, 1 << 25);
    while bit > 0 {
        if u128::from(root | bit).pow(5) <= power {
            root |= bit;
        }
        bit >>= 1;
    }
    root
}
