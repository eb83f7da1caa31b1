-- Tables, views and table macros of ours with their comments; search_* and fold* are parts of `search`.
select 'table' as kind, table_name as name, comment from duckdb_tables() where schema_name = 'main'
union all
select 'view', view_name, comment from duckdb_views() where not internal
union all
select 'macro', format('{}({})', function_name, list_aggregate(parameters, 'string_agg', ', ')), comment
from duckdb_functions() where function_type = 'table_macro' and not internal
order by kind, name;
