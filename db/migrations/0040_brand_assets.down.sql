drop table brand_assets;
