-- Entries that are one headline, each as it was printed: so that they can be told apart again when more is known.
create table printed_headlines (
    headline_id ubigint not null,
    portal varchar not null,
    text varchar not null,
    url varchar,
    is_truncated boolean not null,
    article_id ubigint,
    link_rule varchar,
    listed_at timestamptz,
    listed_raw varchar,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    address_id ubigint,
    folded varchar not null,
    opening_key ubigint,
    run_id varchar not null,
    one_id ubigint not null
);

create table printed_placements (
    placement_id ubigint not null,
    headline_id ubigint not null,
    list_id ubigint not null,
    list_url varchar not null,
    kind varchar not null,
    section varchar,
    on_at timestamptz not null,
    off_at timestamptz,
    last_seen_at timestamptz not null,
    first_rank integer not null,
    best_rank integer not null,
    last_rank integer not null,
    sightings integer not null
);

alter table sightings add column printed_id ubigint;
