//! The graph on disk, in programs with the feature `rocksdb`: brought in step where it is needed, with a bar. Other
//! programs have none.

use super::options::Frames;
use crate::schema::Schema;
use crate::store::Store;
use crate::workspace::{Contents, Workspace, WorkspaceError, Writer};

/// The graph on disk, in step with the workspace. Nothing where there is none, or it has other fact types than those of the
/// workspace.
pub(super) fn store(workspace: &Workspace, frames: &Frames, schema: &Schema) -> Result<Option<Store>, WorkspaceError> {
    if frames.folder.is_some() {
        return Ok(None);
    }
    on::store(workspace, schema)
}

/// Brings the graph on disk in step after something was written, and gives what was read to do so. Nothing where there is
/// none.
pub(super) fn keep(writer: &Writer<'_>, schema: &Schema) -> Result<Option<Contents>, WorkspaceError> {
    on::keep(writer, schema)
}

#[cfg(feature = "rocksdb")]
mod on {
    use super::{Contents, Schema, Store, Workspace, WorkspaceError, Writer};
    use crate::cli::progress;
    use crate::workspace::Step;

    pub(super) fn store(workspace: &Workspace, schema: &Schema) -> Result<Option<Store>, WorkspaceError> {
        watched(|tell| workspace.kept_in_step(schema, tell))
    }

    pub(super) fn keep(writer: &Writer<'_>, schema: &Schema) -> Result<Option<Contents>, WorkspaceError> {
        watched(|tell| writer.bring_in_step(schema, tell)).map(Some)
    }

    fn watched<T>(work: impl FnOnce(&mut dyn FnMut(Step)) -> T) -> T {
        let bar = progress::of(0, "graphs to disk");
        let done = work(&mut |Step { done, of }| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        done
    }
}

#[cfg(not(feature = "rocksdb"))]
#[expect(clippy::unnecessary_wraps, reason = "the same signatures as with the feature")]
mod on {
    use super::{Contents, Schema, Store, Workspace, WorkspaceError, Writer};

    pub(super) fn store(_: &Workspace, _: &Schema) -> Result<Option<Store>, WorkspaceError> {
        Ok(None)
    }

    pub(super) fn keep(_: &Writer<'_>, _: &Schema) -> Result<Option<Contents>, WorkspaceError> {
        Ok(None)
    }
}
