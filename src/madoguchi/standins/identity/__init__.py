"""A stand-in OpenID provider in the shape of デジタル認証アプリ, for rehearsal and tests. Loopback only."""
