//! The categories.

use crate::categories::schema::categories;
use crate::connection::SqlConnection;
use crate::errors::is_in_use;
use crate::row_types::DbUuid;
use crate::tx::SqlTx;
use ::categories::{Category, CategoryError, CategoryRepository};
use diesel::prelude::*;
use kernel::{CategoryId, PageRequest, Position, StoreError, Text};

#[derive(Queryable, Selectable)]
#[diesel(table_name = categories)]
struct CategoryRow {
    id: DbUuid,
    name: String,
    description: String,
    kind: String,
    hex_color: String,
}

impl CategoryRow {
    fn into_category(self) -> Category {
        Category {
            id: CategoryId(self.id.0),
            name: Text::stored(self.name),
            description: Text::stored(self.description),
            kind: Text::stored(self.kind),
            hex_color: Text::stored(self.hex_color),
        }
    }
}

/// No text that is stored holds a NUL, and PostgreSQL takes none as a parameter.
fn is_never_stored(kind: &str) -> bool {
    kind.contains('\0')
}

impl CategoryRepository for SqlTx<'_> {
    fn insert_category(&mut self, category: &Category) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::insert_into(categories::table)
                .values((
                    categories::id.eq(DbUuid(category.id.0)),
                    categories::name.eq(category.name.as_str()),
                    categories::description.eq(category.description.as_str()),
                    categories::kind.eq(category.kind.as_str()),
                    categories::hex_color.eq(category.hex_color.as_str()),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        let row = self.run(|connection| {
            categories::table
                .filter(categories::id.eq(DbUuid(id.0)))
                .select(CategoryRow::as_select())
                .get_result(connection)
                .optional()
        })?;
        Ok(row.map(CategoryRow::into_category))
    }

    fn list_categories(&mut self, kind: Option<&str>, limit: u32) -> Result<Vec<Category>, StoreError> {
        if kind.is_some_and(is_never_stored) {
            return Ok(Vec::new());
        }
        let rows = self.run(|connection| {
            let all = categories::table.order(categories::seq).limit(limit.into()).select(CategoryRow::as_select());
            match kind {
                Some(kind) => all.filter(categories::kind.eq(kind)).load(connection),
                None => all.load(connection),
            }
        })?;
        Ok(rows.into_iter().map(CategoryRow::into_category).collect())
    }

    fn list_categories_after(
        &mut self,
        kind: Option<&str>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Category)>, StoreError> {
        if kind.is_some_and(is_never_stored) {
            return Ok(Vec::new());
        }
        let rows: Vec<(i64, CategoryRow)> = self.run(|connection| {
            let after = categories::table
                .filter(categories::seq.gt(wanted.after.0))
                .order(categories::seq)
                .limit(wanted.limit.into())
                .select((categories::seq, CategoryRow::as_select()));
            match kind {
                Some(kind) => after.filter(categories::kind.eq(kind)).load(connection),
                None => after.load(connection),
            }
        })?;
        Ok(rows.into_iter().map(|(seq, row)| (Position(seq), row.into_category())).collect())
    }

    fn update_category(&mut self, category: &Category) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::update(categories::table.filter(categories::id.eq(DbUuid(category.id.0))))
                .set((
                    categories::name.eq(category.name.as_str()),
                    categories::description.eq(category.description.as_str()),
                    categories::kind.eq(category.kind.as_str()),
                    categories::hex_color.eq(category.hex_color.as_str()),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn delete_category(&mut self, id: CategoryId) -> Result<bool, CategoryError> {
        let delete = |connection: &mut SqlConnection| {
            diesel::delete(categories::table.filter(categories::id.eq(DbUuid(id.0)))).execute(connection)
        };
        let rows = self.attempt(delete, |error| is_in_use(error).then_some(CategoryError::CategoryInUse))?;
        Ok(rows > 0)
    }
}
