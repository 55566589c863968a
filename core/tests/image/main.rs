//! The workload `image` as its specification describes it, through the public interface.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes and samples are small"
)]

mod assembled;
mod choices;
mod damage;
mod errors;
mod formats;
mod memory;
mod pictures;
mod reference;
mod ssim;
