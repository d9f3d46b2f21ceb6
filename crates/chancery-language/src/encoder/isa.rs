//! Which instructions this machine has. Every path gives the same bytes; only the time differs.

/// A set of instructions that the kernels are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Isa {
    /// Plain Rust, for any machine.
    Portable,
    /// 256-bit integers (x86-64 since 2013).
    Avx2,
    /// 512-bit integers with the dot products of VNNI (x86-64 servers since 2019).
    Avx512Vnni,
}

impl Isa {
    /// The fastest set that this machine has.
    pub fn best() -> Self {
        *Self::available().last().unwrap_or(&Self::Portable)
    }

    /// Every set that this machine has, slowest first.
    pub fn available() -> Vec<Self> {
        let mut sets = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                sets.push(Self::Avx2);
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                sets.push(Self::Avx512Vnni);
            }
        }
        sets
    }
}

/// Compiles one body of plain Rust for each set of instructions, and a function that chooses among them at run time.
///
/// Rust never fuses a product with a sum nor reorders floating-point sums, so the copies give the same bits: the wider
/// registers only let the compiler do more lanes at a time.
macro_rules! for_each_isa {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $kind:ty),* $(,)?) = $body:ident::<K>) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        pub(crate) fn $name(isa: $crate::encoder::isa::Isa, $($arg: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $kind),*) {
                    $body::<$crate::encoder::kernel::Avx2>($($arg),*)
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
                fn avx512($($arg: $kind),*) {
                    $body::<$crate::encoder::kernel::Avx512Vnni>($($arg),*)
                }
                match isa {
                    // SAFETY: these values are made by `Isa::available` alone, after it has asked the processor.
                    $crate::encoder::isa::Isa::Avx512Vnni => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    $crate::encoder::isa::Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    $crate::encoder::isa::Isa::Portable => {}
                }
            }
            let _ = isa;
            $body::<$crate::encoder::kernel::Portable>($($arg),*)
        }
    };
}

pub(crate) use for_each_isa;
