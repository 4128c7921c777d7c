# SPDX-License-Identifier: GPL-2.0-or-later
#
# For those who break a copy of the sources on purpose, to be read by a shell.

# broken_edit NAME FILE COPY SED: the copy is the file, edited; false, and a line, if that is the same
broken_edit()
{
	sed "$4" "$2" >"$3"
	cmp -s "$2" "$3" || return 0
	echo "FAIL: $1: $2 has changed, and the edit for it has not"
	return 1
}
