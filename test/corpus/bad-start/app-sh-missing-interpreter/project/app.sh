#!/bin/bsah
echo
