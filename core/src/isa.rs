//! Which vector instructions the core uses: found out at run time, so that one library serves every processor of an
//! architecture.
//!
//! What is hot is compiled once for each level by `for_each_isa`, and the few kernels that the compiler can't find by
//! itself are written with intrinsics. Each gives the same result at every level, bit for bit: nothing here contracts a
//! multiplication and an addition, and sums have a fixed order. So a level changes times and nothing else.

use std::sync::LazyLock;

/// A level of vector instructions. A value is the proof that the processor has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Isa(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "aarch64")]
    Neon,
}

/// Set to the name of a level, this environment variable limits [`Isa::current`] to it.
pub const VARIABLE: &str = "CROSSOVER_ISA";

static CURRENT: LazyLock<Isa> = LazyLock::new(|| {
    std::env::var(VARIABLE)
        .ok()
        .and_then(|name| Isa::available().into_iter().find(|isa| isa.name() == name))
        .unwrap_or_else(Isa::best)
});

impl Isa {
    /// No kernel is written for the processor. What the compiler makes of plain code may still use the instructions that
    /// every processor of the architecture has (SSE2, NEON).
    pub const SCALAR: Self = Self(Level::Scalar);

    /// The level that calls use: the best that there is, or the one that [`VARIABLE`] names. A name that is unknown or
    /// not available here is passed over: whoever sets it compares it with the level that is reported.
    ///
    /// It is the one thing that calls share, a property of the process like the processor itself.
    #[must_use]
    pub fn current() -> Self {
        *CURRENT
    }

    /// The levels that this processor has, the best last.
    #[must_use]
    pub fn available() -> Vec<Self> {
        let mut levels = vec![Self::SCALAR];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("bmi1")
            && std::arch::is_x86_feature_detected!("bmi2")
            && std::arch::is_x86_feature_detected!("lzcnt")
            && std::arch::is_x86_feature_detected!("popcnt")
        {
            levels.push(Self(Level::Avx2));
        }
        // Every 64-bit Arm processor has it, and the compiler uses it wherever it can.
        #[cfg(target_arch = "aarch64")]
        levels.push(Self(Level::Neon));
        levels
    }

    fn best() -> Self {
        Self::available().pop().unwrap_or(Self::SCALAR)
    }

    /// `scalar`, `avx2` or `neon`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.0 {
            Level::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "avx2",
            #[cfg(target_arch = "aarch64")]
            Level::Neon => "neon",
        }
    }

    /// Whether AVX2, BMI1, BMI2, LZCNT and POPCNT may be used: what Intel has had together since Haswell, AMD since Zen.
    #[cfg(target_arch = "x86_64")]
    pub(crate) const fn has_avx2(self) -> bool {
        matches!(self.0, Level::Avx2)
    }

    /// Whether a kernel may be used that is written for what every processor of this architecture has.
    pub(crate) const fn is_vector(self) -> bool {
        !matches!(self.0, Level::Scalar)
    }
}

/// Compiles a function once for each [`Isa`] and gives it a first parameter that chooses. Closures in the body get the
/// instructions of the level with it; what the body calls gets them only as far as it is inlined: mark it
/// `#[inline(always)]`.
macro_rules! for_each_isa {
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident $(<$($lifetime:lifetime),+>)? (
            $($argument:ident: $type:ty),* $(,)?
        ) $(-> $output:ty)? $body:block
    ) => {
        $(#[$meta])*
        $visibility fn $name $(<$($lifetime),+>)? (
            isa: $crate::isa::Isa,
            $($argument: $type),*
        ) $(-> $output)? {
            fn plain $(<$($lifetime),+>)? ($($argument: $type),*) $(-> $output)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
            fn with_avx2 $(<$($lifetime),+>)? ($($argument: $type),*) $(-> $output)? $body

            #[cfg(target_arch = "x86_64")]
            if isa.has_avx2() {
                // SAFETY: an `Isa` that has AVX2 is the proof that the processor has these instructions.
                return unsafe { with_avx2($($argument),*) };
            }
            let _ = isa;
            plain($($argument),*)
        }
    };
}

pub(crate) use for_each_isa;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_level_and_the_current_one_is_available() {
        let available = Isa::available();
        assert_eq!(available.first(), Some(&Isa::SCALAR));
        assert!(available.contains(&Isa::current()));
    }

    #[test]
    fn names_are_different() {
        let mut names: Vec<_> = Isa::available().into_iter().map(Isa::name).collect();
        names.dedup();
        assert_eq!(names.len(), Isa::available().len());
    }

    #[test]
    fn a_function_for_each_level_computes_the_same() {
        for_each_isa! {
            fn total(values: &[u32]) -> u32 {
                values.iter().sum()
            }
        }
        for isa in Isa::available() {
            assert_eq!(total(isa, &[1, 2, 3, 4, 5, 6, 7, 8, 9]), 45);
        }
    }
}
