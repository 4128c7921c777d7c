/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An empty file name is an error. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-report=" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-report=.: .=. wants the name of a file" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
