//! Data that stays with the addon.

use std::sync::Arc;

use crossover_core::{Error, ErrorCode};
use napi::Env;
use napi::bindgen_prelude::ObjectFinalize;
use napi_derive::napi;

/// Loaded data. Freed by `release`, or with the JavaScript object; a call in flight keeps it until it ends.
#[napi(custom_finalize)]
#[derive(Debug)]
pub struct Dataset {
    loaded: Option<Arc<crossover_core::Dataset>>,
    bytes: i64,
}

impl Dataset {
    /// Takes loaded data over and tells V8 how large they are: it can't see them, and would let them pile up.
    pub(crate) fn new(env: Env, loaded: crossover_core::Dataset, bytes: usize) -> napi::Result<Self> {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        env.adjust_external_memory(bytes)?;
        Ok(Self {
            loaded: Some(Arc::new(loaded)),
            bytes,
        })
    }

    /// The data, for one call.
    pub(crate) fn loaded(&self) -> Result<Arc<crossover_core::Dataset>, Error> {
        self.loaded
            .clone()
            .ok_or_else(|| Error::new(ErrorCode::Internal, "the data has been released"))
    }

    fn free(&mut self, env: Env) -> napi::Result<()> {
        if self.loaded.take().is_some() {
            env.adjust_external_memory(-self.bytes)?;
        }
        Ok(())
    }
}

#[napi]
impl Dataset {
    /// Frees the data. Idempotent.
    ///
    /// # Errors
    /// When Node-API refuses the new figure of external memory.
    #[napi]
    pub fn release(&mut self, env: Env) -> napi::Result<()> {
        self.free(env)
    }
}

impl ObjectFinalize for Dataset {
    fn finalize(mut self, env: Env) -> napi::Result<()> {
        self.free(env)
    }
}
