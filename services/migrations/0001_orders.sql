-- Orders, what happened to them, the keys under which they were asked for, and what must still be told to others.

CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer text NOT NULL,
  reference text,
  items jsonb NOT NULL,
  total bigint NOT NULL CHECK (total >= 0),
  status text NOT NULL DEFAULT 'accepted' CHECK (status IN ('accepted', 'fulfilled')),
  version integer NOT NULL DEFAULT 1,
  -- Milliseconds, so that a cursor made from the answer finds its place again.
  placed_at timestamptz(3) NOT NULL DEFAULT now(),
  fulfilled_at timestamptz(3),
  CHECK ((status = 'fulfilled') = (fulfilled_at IS NOT NULL))
);

CREATE INDEX orders_by_customer ON orders (customer, placed_at DESC, id DESC);
CREATE INDEX orders_by_day ON orders (placed_at, id);

-- One row for each version an order ever had; its key is what makes "fulfilled twice" impossible rather than unlikely.
CREATE TABLE order_events (
  order_id uuid NOT NULL REFERENCES orders,
  version integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('accepted', 'fulfilled')),
  at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, version)
);

CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind);

CREATE TABLE idempotency_keys (
  customer text NOT NULL,
  key text NOT NULL,
  -- SHA-256 of the request: the same key with another request is a mistake of the caller.
  fingerprint text NOT NULL,
  order_id uuid NOT NULL REFERENCES orders,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES orders,
  -- W3C trace context of the request that placed the order.
  traceparent text,
  created_at timestamptz NOT NULL DEFAULT now()
);
