-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 10.
