//! Numbers as bytes: small ones in few (LEB128).

/// `numbers` as bytes.
pub fn pack(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for mut number in numbers {
        while number >= 0x80 {
            bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        bytes.push(number.to_le_bytes()[0]);
    }
    bytes
}

/// Takes numbers out of bytes, one after the other; nothing where the bytes end or are no number.
#[derive(Clone, Debug)]
pub struct Numbers<'b>(&'b [u8]);

impl<'b> Numbers<'b> {
    /// Those that [`pack`] made `bytes` of.
    pub fn of(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for shift in (0..35).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(number).ok();
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were() {
        let numbers = [0, 1, 127, 128, 300, 16_383, 16_384, u32::MAX - 1, u32::MAX];
        let bytes = pack(numbers);
        assert_eq!(Numbers::of(&bytes).collect::<Vec<_>>(), numbers);
        assert_eq!(Numbers::of(&bytes[..bytes.len() - 1]).count(), numbers.len() - 1);
        assert_eq!(Numbers::of(&[0xFF; 8]).next(), None);
    }
}
