//! The subcategories.

use crate::categories::schema::subcategories;
use crate::connection::SqlConnection;
use crate::errors::is_in_use;
use crate::row_types::DbUuid;
use crate::tx::SqlTx;
use ::categories::{CategoryError, Subcategory, SubcategoryRepository};
use diesel::prelude::*;
use kernel::{CategoryId, PageRequest, Position, StoreError, SubcategoryId, Text};

#[derive(Queryable, Selectable)]
#[diesel(table_name = subcategories)]
struct SubcategoryRow {
    id: DbUuid,
    name: String,
    description: String,
    hex_color: String,
    category: DbUuid,
}

impl SubcategoryRow {
    fn into_subcategory(self) -> Subcategory {
        Subcategory {
            id: SubcategoryId(self.id.0),
            name: Text::stored(self.name),
            description: Text::stored(self.description),
            hex_color: Text::stored(self.hex_color),
            category: CategoryId(self.category.0),
        }
    }
}

impl SubcategoryRepository for SqlTx<'_> {
    fn insert_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::insert_into(subcategories::table)
                .values((
                    subcategories::id.eq(DbUuid(subcategory.id.0)),
                    subcategories::name.eq(subcategory.name.as_str()),
                    subcategories::description.eq(subcategory.description.as_str()),
                    subcategories::hex_color.eq(subcategory.hex_color.as_str()),
                    subcategories::category.eq(DbUuid(subcategory.category.0)),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn find_subcategory(&mut self, id: SubcategoryId) -> Result<Option<Subcategory>, StoreError> {
        let row = self.run(|connection| {
            subcategories::table
                .filter(subcategories::id.eq(DbUuid(id.0)))
                .select(SubcategoryRow::as_select())
                .get_result(connection)
                .optional()
        })?;
        Ok(row.map(SubcategoryRow::into_subcategory))
    }

    fn list_subcategories(&mut self, category: Option<CategoryId>, limit: u32) -> Result<Vec<Subcategory>, StoreError> {
        let rows = self.run(|connection| {
            let all =
                subcategories::table.order(subcategories::seq).limit(limit.into()).select(SubcategoryRow::as_select());
            match category {
                Some(category) => all.filter(subcategories::category.eq(DbUuid(category.0))).load(connection),
                None => all.load(connection),
            }
        })?;
        Ok(rows.into_iter().map(SubcategoryRow::into_subcategory).collect())
    }

    fn list_subcategories_after(
        &mut self,
        category: Option<CategoryId>,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, Subcategory)>, StoreError> {
        let rows: Vec<(i64, SubcategoryRow)> = self.run(|connection| {
            let after = subcategories::table
                .filter(subcategories::seq.gt(wanted.after.0))
                .order(subcategories::seq)
                .limit(wanted.limit.into())
                .select((subcategories::seq, SubcategoryRow::as_select()));
            match category {
                Some(id) => after.filter(subcategories::category.eq(DbUuid(id.0))).load(connection),
                None => after.load(connection),
            }
        })?;
        Ok(rows.into_iter().map(|(seq, row)| (Position(seq), row.into_subcategory())).collect())
    }

    fn update_subcategory(&mut self, subcategory: &Subcategory) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::update(subcategories::table.filter(subcategories::id.eq(DbUuid(subcategory.id.0))))
                .set((
                    subcategories::name.eq(subcategory.name.as_str()),
                    subcategories::description.eq(subcategory.description.as_str()),
                    subcategories::hex_color.eq(subcategory.hex_color.as_str()),
                    subcategories::category.eq(DbUuid(subcategory.category.0)),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn delete_subcategory(&mut self, id: SubcategoryId) -> Result<bool, CategoryError> {
        let delete = |connection: &mut SqlConnection| {
            diesel::delete(subcategories::table.filter(subcategories::id.eq(DbUuid(id.0)))).execute(connection)
        };
        let rows = self.attempt(delete, |error| is_in_use(error).then_some(CategoryError::SubcategoryInUse))?;
        Ok(rows > 0)
    }
}
