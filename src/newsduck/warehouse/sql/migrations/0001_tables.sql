-- No primary key, unique constraint, index or foreign key on purpose: at 10 million rows a key costs
-- 3-6 times the file and 5-36 s a checkpoint. Loads de-duplicate first and assert afterwards.

create table portals (
    portal varchar not null,
    name varchar not null,
    timezone varchar not null,
    front_pages varchar[] not null
);

create table runs (
    run_id varchar not null,
    flow_run_id varchar,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    trigger varchar not null,
    code_version varchar not null,
    rounds integer not null default 0,
    addresses integer not null default 0,
    articles_new integer not null default 0,
    articles_changed integer not null default 0,
    copies integer not null default 0,
    headlines_new integer not null default 0,
    headlines_seen integer not null default 0
);

create table loads (
    run_id varchar not null,
    round integer not null,
    loaded_at timestamptz not null,
    addresses integer not null,
    articles_new integer not null,
    articles_changed integer not null,
    copies integer not null,
    headlines_new integer not null,
    headlines_seen integer not null
);

create table outcomes (
    run_id varchar not null,
    round integer not null,
    portal varchar not null,
    url varchar not null,
    address_id ubigint not null,
    kind varchar not null,
    final_url varchar,
    disposition varchar not null,
    status integer,
    bytes bigint,
    charset varchar,
    fetched_at timestamptz not null,
    elapsed_ms integer,
    archive_file varchar,
    archive_offset bigint,
    detail varchar
);

create table addresses (
    address_id ubigint not null,
    portal varchar not null,
    url varchar not null,
    kind varchar not null,
    first_read_at timestamptz,
    last_read_at timestamptz,
    last_tried_at timestamptz not null,
    failures integer not null,
    disposition varchar not null,
    etag varchar,
    last_modified varchar,
    body_digest varchar
);

create table articles (
    article_id ubigint not null,
    portal varchar not null,
    url varchar not null,
    title varchar not null,
    body varchar not null,
    published_at timestamptz,
    published_raw varchar,
    published_precision varchar,
    published_rule varchar,
    source varchar,
    authors varchar[] not null,
    editors varchar[] not null,
    keywords varchar[] not null,
    channel varchar,
    content_hash ubigint not null,
    record_hash ubigint not null,
    version integer not null,
    copy_of ubigint,
    copy_rule varchar,
    copy_similarity double,
    copy_nearest ubigint,
    story_id ubigint,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    changed_at timestamptz not null,
    gone_at timestamptz,
    run_id varchar not null,
    parser_version varchar not null
);

create table article_versions (
    article_id ubigint not null,
    version integer not null,
    title varchar not null,
    body varchar not null,
    content_hash ubigint not null,
    seen_at timestamptz not null,
    run_id varchar not null
);

create table headlines (
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
    run_id varchar not null
);

create table readings (
    list_id ubigint not null,
    portal varchar not null,
    list_url varchar not null,
    kind varchar not null,
    read_at timestamptz not null,
    run_id varchar not null
);

create table sightings (
    list_id ubigint not null,
    read_at timestamptz not null,
    position integer not null,
    section varchar,
    rank integer not null,
    headline_id ubigint not null
);

create table placements (
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

create table openings (
    article_id ubigint not null,
    portal varchar not null,
    part varchar not null,
    opening varchar not null,
    opening_key ubigint not null,
    told_at timestamptz not null
);

create table signatures (
    article_id ubigint not null,
    text_key ubigint not null,
    first_seen_at timestamptz not null
);

create table signature_bands (
    article_id ubigint not null,
    band ubigint not null,
    first_seen_at timestamptz not null
);

create table search_documents (
    document integer not null,
    article_id ubigint not null,
    content_hash ubigint not null,
    length integer not null
);

-- Sorted runs of postings, and the tail of the last loads; `compact` turns a long tail into a run.
create table search_postings (
    token ubigint not null,
    document integer not null,
    frequency utinyint not null
);

create table search_tail (
    token ubigint not null,
    document integer not null,
    frequency utinyint not null
);
