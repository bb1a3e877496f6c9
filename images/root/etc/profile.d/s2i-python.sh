# A login shell sets PATH anew; the programs of the application stay the first.
case ":$PATH:" in
  *:/opt/app-root/bin:*) ;;
  *) PATH=/opt/app-root/src/.local/bin:/opt/app-root/src/bin:/opt/app-root/bin:$PATH ;;
esac
