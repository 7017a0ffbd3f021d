//! The key that signs tokens, when none is configured: generated once, and stored beside the SQLite file.

use crate::config::Secret;
use crate::ids::{NoRandomness, random_bytes};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Random bytes of a generated key; stored as twice as many hexadecimal digits.
const KEY_BYTES: usize = 32;

/// The key file cannot be used.
#[derive(Debug, Error)]
pub(crate) enum SecretKeyError {
    /// It cannot be read or written.
    #[error("the key file {} cannot be used: {source}; set SECRET_KEY to do without it", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It holds something else.
    #[error("the key file {} does not hold 64 hexadecimal digits; remove it to have a new key made, which ends all \
             sessions, or set SECRET_KEY", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// Users other than its owner may read it.
    #[error("the key file {} may be read by others than its owner; run `chmod 600` on it, or set SECRET_KEY",
            path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// The machine gives no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// The key stored beside `database`, generated at the first call. Processes that start at the same moment all get the same
/// key.
///
/// # Errors
/// See [`SecretKeyError`].
pub(crate) fn kept_beside(database: &Path) -> Result<Secret, SecretKeyError> {
    if let Some(key) = find_beside(database)? {
        return Ok(key);
    }
    let path = key_file_of(database);
    let made = make(&path, &random_key()?, &draft_of(&path)?);
    made.map_err(|source| SecretKeyError::File { path: path.clone(), source })?;
    read(&path)
}

/// The key stored beside `database`; `None` when none was generated yet.
///
/// # Errors
/// See [`SecretKeyError`].
pub(crate) fn find_beside(database: &Path) -> Result<Option<Secret>, SecretKeyError> {
    let path = key_file_of(database);
    match fs::exists(&path) {
        Ok(true) => read(&path).map(Some),
        Ok(false) => Ok(None),
        Err(source) => Err(SecretKeyError::File { path, source }),
    }
}

/// A key that is not stored, for a database that is not stored either.
///
/// # Errors
/// When the machine gives no randomness.
pub(crate) fn random_key() -> Result<Secret, SecretKeyError> {
    let mut key = String::with_capacity(2 * KEY_BYTES);
    for byte in random_bytes::<KEY_BYTES>()? {
        // Writing to a String cannot fail.
        write!(key, "{byte:02x}").unwrap_or_default();
    }
    Ok(Secret::new(key))
}

fn key_file_of(database: &Path) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(".secret-key");
    PathBuf::from(name)
}

/// Writes the key to a temporary file and links it to its final name. Readers find a complete key or none, also after a power
/// cut, and the first of several writers wins.
fn make(path: &Path, key: &Secret, draft: &Path) -> io::Result<()> {
    write_draft(draft, key)?;
    let linked = match fs::hard_link(draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    };
    fs::remove_file(draft).and(linked)?;
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

/// A name beside `path` that no other process uses.
fn draft_of(path: &Path) -> Result<PathBuf, SecretKeyError> {
    let mut name = OsString::from(path);
    name.push(format!(".{:016x}", u64::from_be_bytes(random_bytes()?)));
    Ok(PathBuf::from(name))
}

fn write_draft(draft: &Path, key: &Secret) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    writeln!(file, "{}", key.reveal())?;
    file.sync_all()
}

fn read(path: &Path) -> Result<Secret, SecretKeyError> {
    let failed = |source| SecretKeyError::File { path: path.to_owned(), source };
    if is_exposed(&fs::metadata(path).map_err(failed)?) {
        return Err(SecretKeyError::Exposed { path: path.to_owned() });
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    let key = text.trim_end();
    if key.len() == 2 * KEY_BYTES && key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Secret::new(key.to_owned()))
    } else {
        Err(SecretKeyError::Malformed { path: path.to_owned() })
    }
}

#[cfg(unix)]
fn is_exposed(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
fn is_exposed(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("ease.db");
        let made = kept_beside(&database).unwrap();
        assert_eq!(made.reveal().len(), 64);
        assert_eq!(kept_beside(&database).unwrap().reveal(), made.reveal());
        let names: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["ease.db.secret-key"], "drafts are removed");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let rights = fs::metadata(key_file_of(&database)).unwrap().permissions().mode();
            assert_eq!(rights & 0o777, 0o600);
        }
    }

    #[test]
    fn processes_that_start_at_the_same_moment_get_the_same_key() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("ease.db.secret-key");
        let start = Barrier::new(8);
        // Each one has found no key, and generates its own.
        let keys: Vec<Secret> = thread::scope(|scope| {
            let makers: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        make(&path, &random_key().unwrap(), &draft_of(&path).unwrap()).unwrap();
                        read(&path).unwrap()
                    })
                })
                .collect();
            makers.into_iter().map(|maker| maker.join().unwrap()).collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0].reveal() == pair[1].reveal()));
        assert_ne!(random_key().unwrap().reveal(), random_key().unwrap().reveal());
    }

    #[test]
    fn a_file_that_holds_no_key_is_named_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("ease.db");
        write_draft(&key_file_of(&database), &Secret::new("short".to_owned())).unwrap();
        let refusal = kept_beside(&database).unwrap_err();
        assert!(matches!(&refusal, SecretKeyError::Malformed { path } if *path == key_file_of(&database)));
        assert!(!refusal.to_string().contains("short"));
        assert_eq!(fs::read_to_string(key_file_of(&database)).unwrap(), "short\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("ease.db");
        kept_beside(&database).unwrap();
        fs::set_permissions(key_file_of(&database), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(kept_beside(&database), Err(SecretKeyError::Exposed { .. })));
    }

    #[test]
    fn a_directory_that_is_missing_is_told() {
        let refusal = kept_beside(Path::new("/nowhere/ease.db")).unwrap_err().to_string();
        assert!(refusal.contains("/nowhere/ease.db.secret-key cannot be used"), "{refusal}");
    }
}
