@echo off
rem Stock Observer's launcher for Windows: builds on first use, then starts in seconds.
rem   observer collect --simulate
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%target\stock-observer.jar"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not exist "%JAR%" (
  echo Building Stock Observer ^(first use; a minute or two^) ... 1>&2
  call mvn -B -q -f "%HOME_DIR%pom.xml" -Dmaven.test.skip=true package
  if errorlevel 1 (
    echo observer: the build failed 1>&2
    exit /b 3
  )
)
rem What runs all day is cheaper with the quick compiler alone; what reads whole days is not.
set "COMPILER=4"
if "%~1"=="collect" set "COMPILER=1"
if "%~1"=="simulate" set "COMPILER=1"
"%JAVA%" -XX:TieredStopAtLevel=%COMPILER% -XX:+UseSerialGC -Xms48m -Xmx192m -Xss512k -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 "-Dobserver.home=%HOME_DIR%." -jar "%JAR%" %*
exit /b %ERRORLEVEL%
