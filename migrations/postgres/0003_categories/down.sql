DROP TABLE subcategories;
DROP TABLE categories;
