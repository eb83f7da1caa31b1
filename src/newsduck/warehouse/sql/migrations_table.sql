create table schema_migrations (
    number integer not null,
    name varchar not null,
    applied_at timestamptz not null,
    code_version varchar not null
);
comment on table schema_migrations is 'A migration that was applied / 已执行的一次迁移';
comment on column schema_migrations.number is 'Its number; 0 stands for the views / 编号，0 为视图';
comment on column schema_migrations.name is 'Its name, or the digest of the views / 名称或视图摘要';
comment on column schema_migrations.applied_at is 'When / 执行时间';
comment on column schema_migrations.code_version is 'The newsduck version that applied it / 程序版本';
