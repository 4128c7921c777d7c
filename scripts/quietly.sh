# SPDX-License-Identifier: GPL-2.0-or-later
#
# For scripts that build what takes minutes, to be read by bash: what a command says goes into a
# file, and is shown if it fails. The script has a function fail, which says so and ends it.

# quietly LOG COMMAND...
quietly()
{
	local log=$1

	shift
	"$@" >"$log" 2>&1 </dev/null || {
		tail -n 20 "$log" >&2
		fail "$1 failed; the whole log is in $log"
	}
}
